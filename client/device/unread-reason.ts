import type { EntryId } from '../../schema/ids.ts';
import { entryVerdictShape } from '../../schema/protocol/push.ts';
import type { Http } from '../sync/http.ts';

/**
 * Why the server cannot read an entry, by what is to be done. `form`: something in it that this server does not know. `gate`: something that no
 * entry may hold. `large`: it did not travel whole. `altered`: it is not what its hash says. `chain`: it does not follow the entry before it.
 * `branch`: it is another branch's. `sum`: the stock would be beyond what can be counted.
 */
export const UNREAD_WHYS = ['form', 'gate', 'large', 'altered', 'chain', 'branch', 'sum'] as const;
export type UnreadWhy = (typeof UNREAD_WHYS)[number];

export interface UnreadReason {
  readonly why: UnreadWhy;
  /** The server's own word for what is wrong, e.g. the place: `body.lines.0.price`. */
  readonly detail: string;
}

/** The server's reasons by their first word (server/core: judge-row, advance-head; schema/payload-gate.ts). What is none of them is a place. */
const WHYS: Readonly<Record<string, UnreadWhy>> = {
  ...{ 'too-large': 'gate', 'too-many-nodes': 'gate', 'too-deep': 'gate', 'bad-number': 'gate', 'bad-text': 'gate' },
  ...{ 'not-json': 'gate', 'long-string': 'gate', 'bad-key': 'gate' },
  ...{ stub: 'large', hash: 'altered', id: 'altered', prev: 'chain', branch: 'branch', overflow: 'sum' },
};

export function unreadReason(reason: string): UnreadReason {
  const [word = '', ...rest] = reason.split(':');
  const why = Object.hasOwn(WHYS, word) ? WHYS[word] : undefined;
  if (why === 'gate') return { why, detail: rest.join(':').trim() || word };
  return { why: why ?? 'form', detail: why ? rest.join(':').trim() : word };
}

/** Asks the server why it cannot read an entry; null without an answer. */
export async function askUnreadReason(http: Pick<Http, 'request'>, id: EntryId): Promise<UnreadReason | null> {
  const answer = await http.request('GET', `/api/v1/verdicts/${id}`, undefined, entryVerdictShape);
  return answer.ok && answer.value.reason ? unreadReason(answer.value.reason) : null;
}
