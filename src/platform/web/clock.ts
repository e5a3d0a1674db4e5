import { useEffect, useState } from 'react';

/** How far this device's clock is behind the server's, in ms. Cheap phones are often minutes off. */
let skew = 0;

/** Learns the server's time from a `Date` header; differences under 5 s are the network's and are ignored. */
export function noteServerTime(header: string | null, receivedAt: number = Date.now()): void {
  const server = header === null ? Number.NaN : Date.parse(header);
  if (Number.isNaN(server)) return;
  const difference = server - receivedAt;
  skew = Math.abs(difference) < 5_000 ? 0 : difference;
}

/** The server's time as well as this device knows it. */
export function currentTime(): Date {
  return new Date(Date.now() + skew);
}

const watchers = new Set<() => void>();
let ticking: ReturnType<typeof setInterval> | undefined;

function watch(onTick: () => void): () => void {
  watchers.add(onTick);
  ticking ??= setInterval(() => {
    for (const tick of watchers) tick();
  }, 15_000);
  return () => {
    watchers.delete(onTick);
    if (watchers.size === 0) {
      clearInterval(ticking);
      ticking = undefined;
    }
  };
}

/** The current time, renewed every 15 s for everybody at once, so that all clocks of a page agree. */
export function useNow(): Date {
  const [now, setNow] = useState(currentTime);
  useEffect(() => watch(() => setNow(currentTime())), []);
  return now;
}
