import { existsSync, readFileSync } from 'node:fs';
import type pg from 'pg';
import { familyOf, residentBytes } from '../torture/processes.ts';

/** What the platform's processes and its database have used so far; taken twice, the difference is what a run cost. */
export type Usage = { readonly at: number; readonly node: number; readonly database: number; readonly wal: bigint };

/** Linux counts a process's time in these, whatever the kernel's own clock. */
const TICKS_A_SECOND = 100;
/** Whether this machine tells what a process uses. */
export const TELLS = existsSync('/proc/self/stat');

export async function usageOf(pid: number, client: pg.Client): Promise<Usage> {
  const { rows } = await client.query<{ wal: string }>(`SELECT pg_current_wal_lsn() - '0/0' AS wal`);
  const { node, database } = processesOf(pid);
  return {
    at: performance.now(),
    node: secondsOf(node),
    database: secondsOf(database),
    wal: BigInt(rows[0]?.wal ?? 0),
  };
}

/** Milliseconds of a core and bytes of log that one of `operations` took; nothing where the machine does not tell. */
export function costOf(before: Usage, after: Usage, operations: number) {
  if (operations === 0) return {};
  const wal = Math.round(Number(after.wal - before.wal) / operations);
  if (!TELLS) return { wal };
  return {
    cpuNode: ((after.node - before.node) * 1000) / operations,
    cpuDatabase: ((after.database - before.database) * 1000) / operations,
    wal,
  };
}

/** Resident megabytes of the largest of the platform's own processes, the starter left out. */
export function workerMegabytes(pid: number): number | undefined {
  if (!TELLS) return undefined;
  return Math.max(...processesOf(pid).node.map((one) => residentBytes(one))) / 1e6;
}

export function databaseMegabytes(pid: number): number | undefined {
  if (!TELLS) return undefined;
  return processesOf(pid).database.reduce((sum, one) => sum + ownBytes(one), 0) / 1e6;
}

function processesOf(pid: number): { readonly node: readonly number[]; readonly database: readonly number[] } {
  if (!TELLS) return { node: [], database: [] };
  const family = familyOf(pid);
  const isDatabase = (command: string) => /^postgres:|\/bin\/postgres /.test(command);
  return {
    node: family.filter(({ command }) => !isDatabase(command)).map((one) => one.pid),
    database: family.filter(({ command }) => isDatabase(command)).map((one) => one.pid),
  };
}

/** Time on a core of these, and of what they started and saw end. */
function secondsOf(pids: readonly number[]): number {
  const ticks = pids.map((pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    } catch {
      return 0; // it ended while we looked
    }
  });
  return ticks.reduce((sum, one) => sum + one, 0) / TICKS_A_SECOND;
}

/** Memory by its share: what many processes of the database hold together counts once. */
function ownBytes(pid: number): number {
  try {
    const pss = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
    return Number(pss?.[1] ?? 0) * 1024;
  } catch {
    return residentBytes(pid);
  }
}
