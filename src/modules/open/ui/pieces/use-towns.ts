export function useTowns(): readonly { code: string; name: string }[] {
  return [];
}
