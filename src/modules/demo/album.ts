import { isRefusal } from '../../kit/result.ts';
import type { App } from '../../platform/app.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import { type CheckedUpload, checkUpload, keepFile } from '../../platform/files/index.ts';
import type { Dice } from './people.ts';
import { drawnPhoto } from './photos.ts';

const PICTURES = 40;

/** The demo's photos: each picture is drawn and checked once, and kept as a file of its own as often as one is taken. */
export class Album {
  readonly #app: App;
  readonly #checked = new Map<string, Promise<CheckedUpload>>();

  constructor(app: App) {
    this.#app = app;
  }

  /** A new file of the actor's; answers its id. */
  async photo(actor: Actor, dice: Dice, settled: boolean): Promise<string> {
    const kept = await keepFile(this.#app, actor, await this.#picture(dice.whole(0, PICTURES), settled));
    if (isRefusal(kept)) throw new Error(`demo photo: ${kept.code}`);
    return kept.id;
  }

  #picture(index: number, settled: boolean): Promise<CheckedUpload> {
    const key = `${index} ${settled}`;
    const picture = this.#checked.get(key) ?? this.#draw(index, settled);
    this.#checked.set(key, picture);
    return picture;
  }

  async #draw(index: number, settled: boolean): Promise<CheckedUpload> {
    const bytes = await drawnPhoto(index, settled);
    const checked = await checkUpload(this.#app, { bytes, name: 'drawing.jpg', type: 'image/jpeg' });
    if (isRefusal(checked)) throw new Error(`demo photo: ${checked.code}`);
    return checked;
  }
}
