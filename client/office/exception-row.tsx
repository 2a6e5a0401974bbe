import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { deviceEntryShape } from '../../schema/entry/entry.ts';
import type { Sale } from '../../schema/entry/sale.ts';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useFormat } from '../app/use-format.ts';
import { useKindText } from '../app/use-kind-text.ts';
import { useLive } from '../app/use-live.ts';
import { useNow } from '../app/use-now.ts';
import type { Exception } from '../device/exceptions.ts';
import { RefundDialog } from '../till/refund-dialog.tsx';
import { useFaultText } from '../till/use-fault-text.ts';
import { ExceptionEvidence } from './exception-evidence-list.tsx';
import { wayOf } from './exception-way.ts';
import styles from './exceptions-screen.module.css';
import { useFlagText } from './use-flag-text.ts';

const NOW_REFRESH_MS = 60_000;

/** One flagged entry: whose, when, how much; and what can be done. */
export function ExceptionRow(props: { exception: Exception; onLook: () => void; onSeen: () => void }) {
  const { sale, flag, seen, gap } = props.exception;
  const { t } = useTranslation();
  const format = useFormat();
  const flagText = useFlagText();
  const now = useNow(NOW_REFRESH_MS);
  const nameOf = useNameOf();
  const kindText = useKindText();
  const way = wayOf(flag);
  const total = sale.total === undefined || gap ? '' : format.money(sale.total);
  const facts = [sale.till ?? t('shell.unknownTill'), format.moment(sale.at, now), nameOf(sale.person), total];
  return (
    <li className={styles.row} data-testid="exception" data-entry={props.exception.id}>
      <div className={styles.facts}>
        <strong className="num">
          {gap ? t('exceptions.gapOf', { till: sale.till ?? '' }) : (sale.receipt ?? kindText(sale.kind))}
        </strong>
        <span className={`${styles.soft} num`}>{facts.filter((fact) => fact !== '').join(' · ')}</span>
        {flag.startsWith('over-refunded:') && <span>{flagText(flag)}</span>}
        <ExceptionEvidence exception={props.exception} />
        {seen && (
          <span className={styles.soft}>
            {t('exceptions.by', { person: nameOf(seen.by), date: format.dateTime(seen.at) })}
            {seen.note !== '' && ` · ${seen.note}`}
          </span>
        )}
      </div>
      <div className={styles.buttons}>
        <Button variant="default" onClick={props.onLook}>
          {t('exceptions.look')}
        </Button>
        {seen === null && flag === 'cart-sold-twice' && <RefundButton exception={props.exception} />}
        {seen === null && way && (
          <Button component={Link} href={`/${way}`} variant="default" data-testid="exception-way">
            {t(`shell.page.${way}`)}
          </Button>
        )}
        {seen === null ? (
          <Button onClick={props.onSeen} data-testid="exception-seen">
            {t('exceptions.seen')}
          </Button>
        ) : (
          <OpenAgain review={seen.review} />
        )}
      </div>
    </li>
  );
}

function useNameOf(): (person: string | undefined) => string {
  const people = useLive(useDevice().company.people);
  return (person) => people.find((one) => one.person === person)?.name ?? person ?? '';
}

function OpenAgain({ review }: { review: NonNullable<Exception['seen']>['review'] }) {
  const { t } = useTranslation();
  const say = useSay();
  const faultText = useFaultText();
  const { exceptions } = useDevice();
  const open = async () => {
    const done = await exceptions.openAgain(review);
    if (!done.ok) say({ tone: 'warning', text: faultText(done.error) });
  };
  return (
    <Button variant="default" onClick={() => void open()} data-testid="exception-open">
      {t('exceptions.openAgain')}
    </Button>
  );
}

/** The second payment of a cart is given back at this device, as any receipt is. */
function RefundButton({ exception }: { exception: Exception }) {
  const { t } = useTranslation();
  const { office } = useDevice();
  const [sale, setSale] = useState<Sale | null>(null);
  const look = async () => {
    const found = await office.entry(exception.id);
    const entry = found && ('body' in found ? found : deviceEntryShape.safeParse(found.entry).data);
    if (entry?.kind === 'sale') setSale(entry);
  };
  return (
    <>
      <Button variant="default" onClick={() => void look()} data-testid="exception-refund">
        {t('exceptions.refund')}
      </Button>
      <RefundDialog of={sale} onDone={() => setSale(null)} />
    </>
  );
}
