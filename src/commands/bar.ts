import { Presets, SingleBar } from 'cli-progress';

/** Shows how far something is, on a terminal alone. */
export async function withBar<T>(
  name: string,
  quiet: boolean,
  work: (progress: (done: number, of: number) => void) => Promise<T>,
): Promise<T> {
  if (quiet || !process.stderr.isTTY) return work(() => undefined);
  const format = `${name} [{bar}] {percentage} %, {eta_formatted} to go`;
  const bar = new SingleBar({ format, stream: process.stderr, clearOnComplete: true }, Presets.shades_classic);
  bar.start(1, 0);
  try {
    return await work((done, of) => {
      bar.setTotal(of);
      bar.update(done);
    });
  } finally {
    bar.stop();
  }
}
