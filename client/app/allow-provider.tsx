import { type ReactNode, useCallback, useState } from 'react';
import { fail, ok } from '../../schema/result.ts';
import { NOTED_ACTIONS } from '../../schema/roles.ts';
import type { AllowWish } from '../device/people.ts';
import { useBusy } from './busy.ts';
import { useDevice } from './contexts.ts';
import { holdFocus } from './hold-focus.ts';
import { ApprovalDialog } from './later-parts.tsx';
import { type Allow, AllowContext } from './use-allow.ts';

/** An approval that somebody waits for. */
interface Asked {
  readonly wish: AllowWish;
  readonly settle: (answer: Awaited<ReturnType<Allow>>) => void;
}

/** Holds the one window in which approvals are given. */
export function AllowProvider({ children }: { children: ReactNode }) {
  const { people } = useDevice();
  const [asked, setAsked] = useState<Asked | null>(null);
  const allow = useCallback<Allow>(
    async (wish) => {
      if (people.may(wish.action)) {
        if (NOTED_ACTIONS.includes(wish.action)) await people.note(wish);
        return ok(null);
      }
      const giveFocusBack = holdFocus();
      return new Promise((resolve) => {
        setAsked((before) => {
          before?.settle(fail('cancelled'));
          const settle: Asked['settle'] = (answer) => {
            resolve(answer);
            giveFocusBack();
          };
          return { wish, settle };
        });
      });
    },
    [people],
  );
  const settle: Asked['settle'] = (answer) => {
    asked?.settle(answer);
    setAsked(null);
  };
  useBusy(asked !== null);
  return (
    <AllowContext value={allow}>
      {children}
      {asked && <ApprovalDialog wish={asked.wish} onEnd={settle} />}
    </AllowContext>
  );
}
