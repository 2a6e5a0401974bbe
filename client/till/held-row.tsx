import { ActionIcon, Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCart, useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useFormat } from '../app/use-format.ts';
import { useNow } from '../app/use-now.ts';
import type { HeldCart, HoldFault } from '../device/drafts.ts';
import styles from './held-dialog.module.css';
import { usePriced } from './use-priced.ts';

interface HeldRowProps {
  readonly held: HeldCart;
  readonly onDone: () => void;
  readonly onFault: (fault: HoldFault | null) => void;
}

/** How often "a minute ago" is said anew, in milliseconds. */
const PLACE_MS = 30_000;

/** One held cart: what it is, where it is, and the way into it. */
export function HeldRow({ held, onDone, onFault }: HeldRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { drafts, identity } = useDevice();
  const say = useSay();
  const take = useTakeOver();
  const [asked, setAsked] = useState(false);
  const { promotions } = useDevice();
  const total = usePriced(promotions.apply(held.cart))?.totals.due;
  const name = held.name || t('held.unnamed');
  const place = usePlaceText()(held);
  const { place: at } = held;
  const elsewhere = at !== null && at.device !== identity.deviceId;
  const question = elsewhere && asked && (at.state === 'paying' ? t('held.takePaying', { till: at.till }) : null);
  const open = async () => {
    if (elsewhere && at.state === 'paying' && !asked) return setAsked(true);
    const fault = await take(held);
    onFault(fault);
    if (fault !== null) return;
    if (elsewhere && at.state === 'open') say({ tone: 'info', text: t('held.takeOpen', { till: at.till }) });
    onDone();
  };
  const discard = async () => {
    const answer = await drafts.discard(held.id);
    onFault(answer.ok ? null : answer.error);
    const undo = { label: t('shell.undo'), act: () => void drafts.restore(held) };
    if (answer.ok) say({ tone: 'info', text: t('held.discarded'), action: undo });
  };
  return (
    <li className={styles.row} data-testid="held-row">
      <span className={styles.name}>
        {name}
        <span className={`${styles.detail} num`}>
          {t('held.lines', { count: held.cart.lines.length })}
          {total === undefined ? '' : ` · ${format.money(total)}`}
        </span>
        <span className={styles.detail}>{place}</span>
      </span>
      <Button size="md" onClick={() => void open()} data-testid="held-take">
        {t(question ? 'held.takeAnyway' : 'held.take')}
      </Button>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="xl"
        onClick={() => void discard()}
        aria-label={t('held.discard', { name })}
        data-testid="held-discard"
      >
        <IconTrash size={20} aria-hidden="true" />
      </ActionIcon>
      {question && (
        <p className={styles.ask} role="alert">
          {question}
        </p>
      )}
    </li>
  );
}

/** Where a held cart is, in words. */
function usePlaceText(): (held: HeldCart) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(PLACE_MS);
  return ({ place, waiting }) => {
    const where =
      place === null ? '' : t(`held.${place.state}`, { till: place.till, when: format.moment(place.at, now) });
    return [where, waiting > 0 ? t('held.waiting') : ''].filter(Boolean).join(' · ');
  };
}

/** Opens a held cart; what was open here is held first, so that nothing of it is lost. Gives the fault, or null. */
function useTakeOver(): (held: HeldCart) => Promise<HoldFault | null> {
  const { drafts } = useDevice();
  const open = useCart();
  return async ({ id }) => {
    const before = open.cart.get();
    if (before.lines.length > 0) {
      const kept = await drafts.hold(before, drafts.list.get().find((one) => one.id === before.cartId)?.name ?? '');
      if (!kept.ok) return kept.error;
    }
    const taken = await drafts.takeOver(id);
    if (!taken.ok) return taken.error;
    open.adopt(taken.value);
    return null;
  };
}
