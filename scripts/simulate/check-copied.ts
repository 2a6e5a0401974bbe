import type { Finding } from '../../client/store/findings.ts';
import type { OwnEntry } from '../../client/store/journal.ts';
import type { DeviceMachine } from './device-machine.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Within this long a tab that hears it has told it, in milliseconds. */
const TOLD_MS_MAX = 300;

/** SYNC29: a device that the server greets with a head above all that is on its disk was copied, and says so at once. */
export interface CopiedCheck {
  /** A text reached a device. */
  received(machine: DeviceMachine, text: string): void;
}

export function createCopiedCheck(
  time: Pick<VirtualTime, 'after'>,
  violate: (rule: string, text: string) => void,
): CopiedCheck {
  return {
    received: (machine, text) => {
      const open = machine.active();
      if (!open || machine.faults.full || !text.startsWith('{"type":"hello"')) return;
      const { head } = JSON.parse(text) as { readonly head: { readonly seq: number } };
      time.after(TOLD_MS_MAX, () => {
        if (machine.active() !== open || machine.faults.full || lastSeq(machine) >= head.seq || isTold(machine)) return;
        violate('SYNC29', `${machine.name} has ${lastSeq(machine)} entries, heard of ${head.seq}, and says nothing`);
      });
    },
  };
}

function lastSeq(machine: DeviceMachine): number {
  const own = [...machine.storage().docs.journal.values()] as OwnEntry[];
  return Math.max(0, ...own.map(({ seq }) => seq));
}

function isTold(machine: DeviceMachine): boolean {
  return ([...machine.storage().docs.findings.values()] as Finding[]).some(({ kind }) => kind === 'forked');
}
