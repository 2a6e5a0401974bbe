import { z } from 'zod';
import { type EntryId, entryIdShape } from '../../schema/ids.ts';
import { bodyText, createMessageReader, type HttpMessage, requestName } from '../wire/http-messages.ts';
import { createFrameReader } from '../wire/socket-frames.ts';

/** A push as it went over a connection, and its bytes. */
export interface SaidPush {
  readonly rows: readonly EntryId[];
  readonly bodyBytes: number;
}

/** Follows one connection: its requests or, once it is a live socket, its messages. */
export interface PushReader {
  /** What is whole now: pushes, and null for every other request. */
  said(chunk: Buffer): (SaidPush | null)[];
  /** What is answered now: the entries that each answer acknowledges. */
  answered(chunk: Buffer): (readonly EntryId[])[];
  /** A live socket says other things too, which answer nothing. */
  isSocket(): boolean;
}

const PUSH = 'POST /sync/v1/journal/push';
const ACKNOWLEDGING: ReadonlySet<string> = new Set(['accepted', 'duplicate', 'quarantined', 'forked']);
const answerShape = z.looseObject({
  verdicts: z.array(z.looseObject({ id: entryIdShape, verdict: z.string() })),
});
const requestShape = z.looseObject({ entries: z.array(z.looseObject({ id: entryIdShape })) });

export function createPushReader(): PushReader {
  const [requests, answers] = [createMessageReader(), createMessageReader()];
  const [saidFrames, answeredFrames] = [createFrameReader(), createFrameReader()];
  let isSocket = false;
  return {
    isSocket: () => isSocket,
    said: (chunk) => (isSocket ? saidFrames.take(chunk).flatMap(readSaid) : requests.take(chunk).map(readRequest)),
    answered: (chunk) => {
      if (isSocket) return answeredFrames.take(chunk).flatMap(readAnswered);
      const whole = answers.take(chunk);
      isSocket = whole.some(({ startLine }) => startLine.startsWith('HTTP/1.1 101'));
      return whole.map(readAnswer);
    },
  };
}

function readRequest(message: HttpMessage): SaidPush | null {
  if (requestName(message) !== PUSH) return null;
  return pushOf(JSON.parse(bodyText(message)), message.body.length);
}

function readSaid(text: string): SaidPush[] {
  const { type, push } = JSON.parse(text);
  return type === 'push' ? [pushOf(push, Buffer.byteLength(text))] : [];
}

function pushOf(push: unknown, bodyBytes: number): SaidPush {
  return { rows: requestShape.parse(push).entries.map(({ id }) => id), bodyBytes };
}

/** An error names no row, and so acknowledges none. */
function readAnswer(message: HttpMessage): EntryId[] {
  return message.startLine.startsWith('HTTP/1.1 200') ? acknowledgedBy(message) : [];
}

function acknowledgedBy(message: HttpMessage): EntryId[] {
  const answer = answerShape.safeParse(JSON.parse(bodyText(message)));
  return answer.success ? verdictsOf(answer.data) : [];
}

function readAnswered(text: string): EntryId[][] {
  const { type, answer } = JSON.parse(text);
  if (type === 'push-refused') return [[]];
  return type === 'pushed' ? [verdictsOf(answerShape.parse(answer))] : [];
}

function verdictsOf({ verdicts }: z.infer<typeof answerShape>): EntryId[] {
  return verdicts.filter(({ verdict }) => ACKNOWLEDGING.has(verdict)).map(({ id }) => id);
}
