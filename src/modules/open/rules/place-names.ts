/** 麻城市 → 麻城, for the portal's head; a district keeps its whole name, and so does a name of two characters. */
export function shortPlaceName(name: string): string {
  return name.length >= 3 ? name.replace(/[市县]$/, '') : name;
}

/** `鼓楼街道/金桥社区` as it is read. */
export function placeText(path: string): string {
  return path.split('/').filter(Boolean).join(' · ');
}
