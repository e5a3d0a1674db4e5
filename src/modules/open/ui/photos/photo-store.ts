/**
 * Photos of a draft, in the phone's IndexedDB, so that they survive a closed phone. Where that is forbidden (some
 * private windows) they are held as long as the page is open.
 */

/** A photo the person chose; `id` is its name on this phone, `fileId` the server's once it is uploaded. */
export type DraftPhoto = {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly fileId: string | null;
};

const DATABASE = 'gongzhi';
const STORE = 'photos';
const held = new Map<string, Blob>();

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('blocked'));
  });
}

async function run<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
      transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** Keeps a photo for this page alone. */
export function holdPhoto(id: string, photo: Blob): void {
  held.set(id, photo);
}

/** Answers whether the photo outlives the page. */
export async function storePhoto(id: string, photo: Blob): Promise<boolean> {
  held.set(id, photo);
  try {
    await run('readwrite', (store) => store.put(photo, id));
    return true;
  } catch {
    return false;
  }
}

export async function findPhoto(id: string): Promise<Blob | undefined> {
  const here = held.get(id);
  if (here) return here;
  try {
    const stored: unknown = await run('readonly', (store) => store.get(id));
    return stored instanceof Blob ? stored : undefined;
  } catch {
    return undefined;
  }
}

export async function removePhoto(id: string): Promise<void> {
  held.delete(id);
  await run('readwrite', (store) => store.delete(id)).catch(() => undefined);
}

/** Removes what no draft names any more, e.g. after another tab sent it. */
export async function removeOtherPhotos(ids: readonly string[]): Promise<void> {
  const stored = await run('readonly', (store) => store.getAllKeys()).catch(() => []);
  for (const id of stored) if (typeof id === 'string' && !ids.includes(id)) await removePhoto(id);
}
