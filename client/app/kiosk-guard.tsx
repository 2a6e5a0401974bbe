import { Button, Modal, Stack, Switch } from '@mantine/core';
import { IconMaximize } from '@tabler/icons-react';
import { useContext, useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { must } from '../../schema/result.ts';
import { BusyContext } from './busy.ts';
import { useCart, useDeps, useDevice } from './contexts.ts';
import { isCovered, isLeavingGuarded } from './kiosk.ts';
import styles from './kiosk-guard.module.css';
import { useAllow } from './use-allow.ts';
import { useLive } from './use-live.ts';

/** Under approvals and the door, above everything else. */
const COVER_Z_INDEX = 250;

/** Keeps a kiosk what it is: full screen, awake, and left by nobody who may not. `asked`: somebody wants to begin or end it. */
export function KioskGuard({ asked, onDone }: { asked: boolean; onDone: () => void }) {
  const { kiosk, kioskWindow } = useDeps();
  const mode = useLive(kiosk.mode);
  const fills = useLive(kioskWindow.fills);
  const leave = useLeaveKiosk();
  const endAsked = useEffectEvent(() => {
    if (mode === 'off') return;
    onDone();
    void leave();
  });
  useEffect(() => {
    if (asked) endAsked();
  }, [asked]);
  useGuardedLeaving();
  useEffect(() => (mode === 'off' ? undefined : kioskWindow.keepAwake()), [mode, kioskWindow]);
  useEffect(() => (mode === 'off' ? undefined : kioskWindow.holdStill()), [mode, kioskWindow]);
  return (
    <>
      <BeginDialog opened={asked && mode === 'off'} onClose={onDone} />
      {isCovered(mode, { canFill: kioskWindow.canFill, fills }) && <Cover onLeave={leave} />}
    </>
  );
}

/** Says what kiosk mode is, and who may leave it, before it begins. */
function BeginDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { kiosk, kioskWindow } = useDeps();
  const [kept, setKept] = useState(true);
  const begin = () => {
    onClose();
    kiosk.set(kept ? 'kept' : 'open');
    // Refused: the cover offers it again.
    if (kioskWindow.canFill) void kioskWindow.fill().catch(() => undefined);
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('kiosk.title')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <Stack>
        <p className={styles.text}>{t(kioskWindow.canFill ? 'kiosk.text' : 'kiosk.noFill')}</p>
        <Switch
          size="md"
          label={t('kiosk.kept')}
          checked={kept}
          onChange={(event) => setKept(event.currentTarget.checked)}
          data-testid="kiosk-kept"
        />
        <Button size="lg" onClick={begin} data-autofocus data-testid="kiosk-begin">
          {t('kiosk.begin')}
        </Button>
      </Stack>
    </Modal>
  );
}

/** Lies over everything while a kiosk does not fill the screen: after a reload, and when somebody pressed Escape. */
function Cover({ onLeave }: { onLeave: () => Promise<void> }) {
  const { t } = useTranslation();
  const { kioskWindow } = useDeps();
  return (
    <Modal.Root
      opened
      onClose={() => undefined}
      closeOnEscape={false}
      closeOnClickOutside={false}
      fullScreen
      zIndex={COVER_Z_INDEX}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Content aria-label={t('kiosk.cover')} data-testid="kiosk-cover">
        <div className={styles.cover}>
          <IconMaximize size={64} aria-hidden="true" />
          <p className={styles.text}>{t('kiosk.cover')}</p>
          <Button
            size="xl"
            onClick={() => void kioskWindow.fill().catch(() => undefined)}
            data-autofocus
            data-testid="kiosk-fill"
          >
            {t('kiosk.fill')}
          </Button>
          <Button variant="subtle" color="gray" size="md" onClick={() => void onLeave()} data-testid="kiosk-leave">
            {t('kiosk.end')}
          </Button>
        </div>
      </Modal.Content>
    </Modal.Root>
  );
}

/** Ends kiosk mode; where it is kept, only with the leave of somebody who may. */
function useLeaveKiosk(): () => Promise<void> {
  const { t } = useTranslation();
  const { kiosk, kioskWindow } = useDeps();
  const allow = useAllow();
  return async () => {
    const isKept = kiosk.mode.get() === 'kept';
    if (isKept && !(await allow({ action: 'leave-kiosk', subject: t('kiosk.title') })).ok) return;
    kiosk.set('off');
    await kioskWindow.unfill();
  };
}

function useGuardedLeaving(): void {
  const { kiosk, kioskWindow } = useDeps();
  const { active } = useDevice();
  const { cart } = useCart();
  const { count, paying, lists } = must(useContext(BusyContext), 'Busy');
  useEffect(
    () =>
      kioskWindow.guardLeaving(
        () =>
          active.get() &&
          isLeavingGuarded({
            mode: kiosk.mode.get(),
            paying: paying.get(),
            lists: lists.get(),
            busy: count.get(),
            cartLines: cart.get().lines.length,
          }),
      ),
    [kioskWindow, kiosk, active, cart, count, paying, lists],
  );
}
