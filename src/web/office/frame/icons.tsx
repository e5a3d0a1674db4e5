import type { ReactNode } from 'react';

/** The frame's few signs, drawn here: an icon package would weigh more than the frame. Words always stand beside. */
function Sign({ children }: { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width="20"
      height="20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const HomeIcon = () => (
  <Sign>
    <path d="M4 11l8-7 8 7M6 10v10h12V10" />
  </Sign>
);
export const ListIcon = () => (
  <Sign>
    <path d="M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01" />
  </Sign>
);
export const PlusIcon = () => (
  <Sign>
    <path d="M12 5v14M5 12h14" />
  </Sign>
);
export const SearchIcon = () => (
  <Sign>
    <circle cx="11" cy="11" r="6.5" />
    <path d="M16 16l4.5 4.5" />
  </Sign>
);
export const MenuIcon = () => (
  <Sign>
    <path d="M4 7h16M4 12h16M4 17h16" />
  </Sign>
);
export const BellIcon = () => (
  <Sign>
    <path d="M6 16V11a6 6 0 0112 0v5l1.5 2h-15zM10 20.5h4" />
  </Sign>
);
export const PersonIcon = () => (
  <Sign>
    <circle cx="12" cy="8" r="3.5" />
    <path d="M5 20c1-4 4-5.5 7-5.5s6 1.500 7 5.500" />
  </Sign>
);
