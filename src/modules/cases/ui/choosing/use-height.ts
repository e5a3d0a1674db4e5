import { useEffect, useRef, useState } from 'react';

/** How high an element is as it stands, in pixels; 0 while it is not there. */
export function useHeight(active: boolean) {
  const place = useRef<HTMLElement>(null);
  const [height, setHeight] = useState(0);
  useEffect(() => {
    const element = place.current;
    if (!active || !element) {
      setHeight(0);
      return;
    }
    const watcher = new ResizeObserver(() => setHeight(element.offsetHeight));
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [active]);
  return { place, height };
}
