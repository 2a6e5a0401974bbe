import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/use-format.ts';
import type { BranchSale } from '../device/device.ts';
import type { Exception } from '../device/exceptions.ts';
import { Panel } from '../ui/panel.tsx';
import { isKnownKind } from './exception-groups.ts';
import { ExceptionRow } from './exception-row.tsx';
import { ExceptionSeenDialog } from './exception-seen-dialog.tsx';
import styles from './exceptions-screen.module.css';
import { useFlagText } from './use-flag-text.ts';

/** Rows on the screen, and settled at once: each settlement is a signed entry of its own. */
const SHOWN_MAX = 50;

/** All of one kind: what it means, what to do, and each with its evidence. */
export function ExceptionGroup(props: {
  kind: string;
  members: readonly Exception[];
  onLook: (sale: BranchSale) => void;
}) {
  const { kind, members } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const flagText = useFlagText();
  const [settling, setSettling] = useState<readonly Exception[]>([]);
  const shown = members.slice(0, SHOWN_MAX);
  const waiting = shown.filter(({ seen }) => seen === null);
  return (
    <Panel
      title={`${isKnownKind(kind) && kind !== 'over-refunded' ? flagText(kind) : flagText(members[0]?.flag ?? kind)} (${format.count(members.length)})`}
      aside={
        waiting.length > 1 && (
          <Button variant="default" onClick={() => setSettling(waiting)}>
            {t('exceptions.allSeen')}
          </Button>
        )
      }
      testId={`exceptions-${kind}`}
    >
      <p className={styles.soft}>{t(`exceptions.todo.${isKnownKind(kind) ? kind : 'other'}`)}</p>
      <ul className={styles.list}>
        {shown.map((one) => (
          <ExceptionRow
            key={`${one.id} ${one.flag}`}
            exception={one}
            onLook={() => props.onLook(one.sale)}
            onSeen={() => setSettling([one])}
          />
        ))}
      </ul>
      {members.length > SHOWN_MAX && (
        <p className={styles.soft}>
          {t('exceptions.more', { shown: format.count(SHOWN_MAX), total: format.count(members.length) })}
        </p>
      )}
      <ExceptionSeenDialog of={settling} onDone={() => setSettling([])} />
    </Panel>
  );
}
