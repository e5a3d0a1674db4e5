import { isRefusal, type Refusal } from '../../kit/result.ts';
import { addDays, dayOf } from '../../kit/time.ts';
import type { App } from '../../platform/app.ts';
import { type Actor, type Officer, systemActor } from '../../platform/auth/actor.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import { tenantPrefix } from '../../platform/http/serve.ts';
import { getArea } from '../areas/index.ts';
import { act, type CaseCommand, findStored, type StoredCase } from '../cases/index.ts';
import { suggestDispatch } from '../catalogue/index.ts';
import { findOrganisation, findOrganisationByKind } from '../organisations/index.ts';
import type { Album } from './album.ts';
import type { Cast } from './cast.ts';
import type { Dice } from './people.ts';
import type { StepName } from './plans.ts';
import type { Story } from './stories.ts';

type Unversioned<T> = T extends { readonly expectedVersion: number } ? Omit<T, 'expectedVersion'> : never;
export type DemoCommand = Unversioned<CaseCommand>;

export type WalkParts = {
  readonly app: App;
  readonly tx: WriteTx;
  readonly cast: Cast;
  readonly album: Album;
  readonly dice: Dice;
};

/** One demo case on its way: every step goes through the real rules at its own moment in the past. */
export class Walk {
  readonly #parts: WalkParts;
  readonly #id: string;
  readonly #story: Story & {
    readonly answer?: string;
    readonly reason?: string;
    readonly where?: string;
    readonly phone?: string;
  };
  at: Date;

  constructor(parts: WalkParts, id: string, story: Story, at: Date) {
    this.#parts = parts;
    this.#id = id;
    this.#story = story;
    this.at = at;
  }

  async take(step: StepName): Promise<void> {
    const stored = await this.#load();
    const { actor, command } = await this.#plan(step, stored);
    await this.#act(actor, command, await this.#tellLate(stored));
  }

  async #load(): Promise<StoredCase> {
    const stored = await findStored(this.#parts.tx, this.#system(), this.#id, false);
    if (!stored) throw new Error(`no demo case ${this.#id}`);
    return stored;
  }

  #system(): Actor {
    return systemActor(this.#parts.app.config.tenant, 'first-start');
  }

  /** Clocks that ran out before this step are recorded first, as the timers would have done. */
  async #tellLate(stored: StoredCase): Promise<StoredCase> {
    const { stage, contact, total } = stored.state.clocks;
    const running = [
      { clock: 'stage' as const, due: stage?.dueAt },
      { clock: 'contact' as const, due: contact?.dueAt },
      { clock: 'total' as const, due: stage ? total.dueAt : undefined },
    ];
    let current = stored;
    for (const { clock, due } of running) {
      if (!due || new Date(due) >= this.at) continue;
      const result = await act(
        this.#parts.tx,
        this.#system(),
        current,
        { action: 'record_lateness', clock, expectedVersion: current.state.version },
        new Date(Math.max(Date.parse(due) + 1000, this.at.getTime() - 60_000)),
      );
      if (!isRefusal(result)) current = await this.#load();
    }
    return current;
  }

  async #act(actor: Actor, command: DemoCommand, stored: StoredCase): Promise<void> {
    const full = { ...command, expectedVersion: stored.state.version } as CaseCommand;
    const result = await act(this.#parts.tx, actor, stored, full, this.at);
    if (isRefusal(result)) throw new StepRefused(command.action, stored.state.state, result);
  }

  async #lead(stored: StoredCase): Promise<Officer> {
    const { cast } = this.#parts;
    const leadId = stored.state.dispatch?.leadId ?? '';
    const lead = await findOrganisation(this.#parts.tx, leadId);
    return cast.inRole(
      lead?.kind === 'village' ? 'community_worker' : 'handler',
      leadId,
      this.#scopeOf(lead?.areaCode),
    );
  }

  #scopeOf(areaCode: string | undefined): string {
    const root = tenantPrefix(this.#parts.app);
    return areaCode && areaCode.length > root.length ? areaCode : root;
  }

  #photo(actor: Actor, settled: boolean): Promise<string> {
    const { album, dice } = this.#parts;
    return album.photo(actor, dice, settled);
  }

  async #plan(step: StepName, stored: StoredCase): Promise<{ actor: Actor; command: DemoCommand }> {
    const { cast, dice } = this.#parts;
    const { state } = stored;
    const story = this.#story;
    const requester: Actor = {
      kind: 'resident',
      tenant: this.#parts.app.config.tenant,
      caseId: this.#id,
      phoneIndex: null,
    };
    const dispatcher = cast.named('dispatcher');
    const verifier = cast.named('verifier');
    switch (step) {
      case 'dispatch': {
        const leadId = await this.#suggested(stored);
        return {
          actor: dispatcher,
          command: {
            action: 'dispatch',
            leadId,
            assistIds: [],
            reason: null,
            instruction: '请先与反映人联系，办结后回复。',
          },
        };
      }
      case 'accept':
        return { actor: await this.#lead(stored), command: { action: 'accept' } };
      case 'object':
        return {
          actor: await this.#lead(stored),
          command: {
            action: 'object',
            legalBasis: '本单位三定规定第二条（示例）',
            reason: '该处管养单位不是我单位，建议改派。',
          },
        };
      case 'take_up':
        return { actor: dispatcher, command: { action: 'take_up' } };
      case 'designate':
        return {
          actor: dispatcher,
          command: {
            action: 'rule',
            kind: 'designate',
            leadId: state.dispatch?.leadId ?? '',
            assistIds: [],
            reason: '职责清单已明确，由首接单位负责。',
          },
        };
      case 'redirect':
        return {
          actor: dispatcher,
          command: {
            action: 'rule',
            kind: 'redirect',
            leadId: await this.#other(stored),
            assistIds: [],
            reason: '经核对职责清单，改由该单位主办。',
          },
        };
      case 'start':
        return { actor: await this.#lead(stored), command: { action: 'start' } };
      case 'contact':
        return {
          actor: await this.#lead(stored),
          command: { action: 'note', text: '已电话联系反映人，约好到现场看。', contact: 'phone', files: [] },
        };
      case 'ask_extension':
        return {
          actor: await this.#lead(stored),
          command: { action: 'request_extension', amount: 3, reason: '需要采购配件，预计三个工作日到货。' },
        };
      case 'grant_extension':
        return {
          actor: cast.named('supervisor'),
          command: {
            action: 'decide_extension',
            granted: true,
            amount: 3,
            reason: '情况属实，同意延期，请告知反映人。',
          },
        };
      case 'shelve': {
        const today = dayOf(this.at);
        return {
          actor: cast.named('supervisor'),
          command: {
            action: 'shelve',
            ground: 'conditions_missing',
            ownerOrganisationId: state.dispatch?.leadId ?? null,
            reviewOn: addDays(today, 45),
            endOn: addDays(today, 120),
            reason: '涉及改造资金，列入下一批计划，定期复核。',
          },
        };
      }
      case 'report_done': {
        const lead = await this.#lead(stored);
        const files = state.caseClass.photosRequired ? [await this.#photo(lead, true)] : [];
        return { actor: lead, command: { action: 'report_done', result: story.result || '已办理完毕。', files } };
      }
      case 'begin_check':
        return { actor: verifier, command: { action: 'begin_verification' } };
      case 'pass_check': {
        const files = [await this.#photo(verifier, true)];
        const point = state.point ?? (await this.#anyPoint(stored));
        return {
          actor: verifier,
          command: {
            action: 'record_verification',
            passed: true,
            how: 'on_site',
            point,
            answer: null,
            finding: '到现场看过，与办理结果一致。',
            files,
          },
        };
      }
      case 'fail_check': {
        const files = [await this.#photo(verifier, false)];
        return {
          actor: verifier,
          command: {
            action: 'record_verification',
            passed: false,
            how: 'on_site',
            point: state.point ?? (await this.#anyPoint(stored)),
            answer: null,
            finding: '现场仍有问题，与报告的结果不一致。',
            files,
          },
        };
      }
      case 'rework':
        return { actor: await this.#lead(stored), command: { action: 'rework', reason: '重新安排人员处理。' } };
      case 'try_call':
        return {
          actor: dispatcher,
          command: { action: 'record_call_back', answer: null, sendBack: false, remark: '电话无人接听。' },
        };
      case 'call_satisfied':
        return {
          actor: dispatcher,
          command: {
            action: 'record_call_back',
            answer: { solved: 'solved', satisfaction: dice.chance(0.7) ? 'satisfied' : 'basically' },
            sendBack: false,
            remark: '反映人表示已经解决。',
          },
        };
      case 'rate_solved':
        return {
          actor: requester,
          command: {
            action: 'rate',
            solved: 'solved',
            satisfaction: dice.chance(0.75) ? 'satisfied' : 'basically',
            comment: dice.chance(0.5) ? '办得快，谢谢。' : null,
          },
        };
      case 'rate_partly':
        return {
          actor: requester,
          command: { action: 'rate', solved: 'partly', satisfaction: 'basically', comment: '好了一大半。' },
        };
      case 'reopen':
        return { actor: requester, command: { action: 'reopen', reason: '过了两天又出现同样的问题。', files: [] } };
      case 'close_unreachable':
        return {
          actor: dispatcher,
          command: { action: 'close', explanation: '三次联系未果，如实记录为联系不上；反映人可凭编号再办。' },
        };
      case 'reject':
        return {
          actor: dispatcher,
          command: {
            action: 'reject',
            reason: (story.reason ?? 'beyond_public_duty') as 'legal_route',
            answer: story.answer ?? '',
            where: story.where ?? '12345 政务服务便民热线',
            phone: story.phone ?? '12345',
            address: null,
          },
        };
      case 'refer':
        return {
          actor: dispatcher,
          command: {
            action: 'refer',
            route: 'petition',
            where: '信访局（示例）',
            phone: null,
            address: '人民来访接待大厅（示例地址）',
            answer: '您反映的事项属于信访事项，已登记并转信访局依法办理，可凭本编号查看进度。',
            routeDeadline: null,
          },
        };
      case 'record_route':
        return {
          actor: dispatcher,
          command: { action: 'record_route', outcome: 'decided', report: '信访局已作出书面处理意见并送达。' },
        };
      case 'withdraw':
        return { actor: requester, command: { action: 'withdraw', reason: '自己已经解决了，谢谢。' } };
      case 'void':
        return { actor: dispatcher, command: { action: 'void', reason: '系统演练时误录，没有实际内容。' } };
      case 'reply':
        return { actor: dispatcher, command: { action: 'reply', text: '您的反映已收到，正在办理。', files: [] } };
      case 'release':
        return {
          actor: dispatcher,
          command: {
            action: 'release',
            title: stored.title,
            text: this.#story.body,
            // Released before it is done, it has no answer yet.
            answer: state.state === 'closed' ? this.#story.result : null,
            areaCode: state.areaCode.slice(0, 12),
            point: null,
            files: [],
          },
        };
    }
  }

  async #anyPoint(stored: StoredCase): Promise<readonly [number, number]> {
    const area = await getArea(this.#parts.tx, stored.state.areaCode);
    return area.centre ? [area.centre[0], area.centre[1]] : [115, 31];
  }

  async #suggested(stored: StoredCase): Promise<string> {
    const { state } = stored;
    const [first] = await suggestDispatch(this.#parts.tx, {
      classCode: state.caseClass.code,
      areaCode: state.areaCode,
      at: this.at,
    });
    if (!first) throw new Error(`the dispatch list has nobody for ${state.caseClass.code}`);
    return first.organisationId;
  }

  /** Another office than the one that objected: the next suggestion, else the enforcement department. */
  async #other(stored: StoredCase): Promise<string> {
    const leadId = stored.state.dispatch?.leadId;
    for (const kind of ['enforcement', 'housing']) {
      const found = await findOrganisationByKind(this.#parts.tx, kind);
      if (found && found.id !== leadId) return found.id;
    }
    throw new Error('no other office');
  }
}

/** A step that the rules refused: a mistake in a plan, told with what it was. */
export class StepRefused extends Error {
  override readonly name = 'StepRefused';

  constructor(action: string, state: string, refusal: Refusal) {
    super(`${action} in ${state}: ${refusal.code} ${JSON.stringify(refusal.details)}`);
  }
}
