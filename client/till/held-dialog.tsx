import { Button, Modal, Stack, TextInput } from '@mantine/core';
import { IconShoppingCartPause } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCart, useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useLive } from '../app/use-live.ts';
import type { HoldFault } from '../device/drafts.ts';
import { HELD_NAME_MAX } from '../device/held-cart.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { FaultNote } from '../ui/fault-note.tsx';
import styles from './held-dialog.module.css';
import { HeldRow } from './held-row.tsx';

/** Holds the open cart under a name, and opens one that is held. */
export function HeldDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('held.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <HeldCartsList onClose={onClose} />
    </Modal>
  );
}

function HeldCartsList({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { drafts } = useDevice();
  const cart = useLive(useCart().cart);
  const list = useLive(drafts.list).filter(({ id }) => id !== cart.cartId);
  const [fault, setFault] = useState<HoldFault | null>(null);
  return (
    <Stack data-testid="held-dialog">
      {cart.lines.length > 0 && <HoldForm onDone={onClose} onFault={setFault} />}
      <FaultNote text={fault === null ? null : t(`held.fault.${fault}`)} />
      {list.length === 0 ? (
        <EmptyState icon={<IconShoppingCartPause size={40} />} title={t('held.none')} help={t('held.noneHelp')} />
      ) : (
        <ul className={styles.list}>
          {list.map((held) => (
            <HeldRow key={held.id} held={held} onDone={onClose} onFault={setFault} />
          ))}
        </ul>
      )}
    </Stack>
  );
}

function HoldForm({ onDone, onFault }: { onDone: () => void; onFault: (fault: HoldFault | null) => void }) {
  const { t } = useTranslation();
  const { drafts } = useDevice();
  const open = useCart();
  const say = useSay();
  const shown = drafts.list.get().find(({ id }) => id === open.cart.get().cartId);
  const [name, setName] = useState(shown?.name ?? '');
  const hold = async (event: FormEvent) => {
    event.preventDefault();
    const cart = open.cart.get();
    const answer = await drafts.hold(cart, name);
    onFault(answer.ok ? null : answer.error);
    if (!answer.ok) return;
    open.renew();
    say({ tone: 'info', text: t('held.held') });
    onDone();
  };
  return (
    <form className={styles.form} onSubmit={(event) => void hold(event)} noValidate>
      <TextInput
        label={t('held.name')}
        description={t('held.nameHint')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={HELD_NAME_MAX}
        data-autofocus
        data-testid="held-name"
        autoComplete="off"
      />
      <Button type="submit" size="lg" data-testid="held-hold">
        {t('held.hold')}
      </Button>
    </form>
  );
}
