import { Button, Group, Modal, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCart, useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import type { PaidElsewhere } from '../device/drafts.ts';

/** The open cart was paid on another till: what is not in that sale goes into a new cart, and nothing is paid twice. */
export function PaidElsewhereDialog() {
  const { t } = useTranslation();
  const { drafts } = useDevice();
  const paid = useLive(drafts.paidElsewhere);
  const open = useCart();
  const close = () => open.renew();
  return (
    <Modal
      opened={paid !== null}
      onClose={close}
      title={t('held.elsewhere.title')}
      closeButtonProps={{ 'aria-label': t('held.elsewhere.close') }}
      closeOnClickOutside={false}
    >
      {paid && <Told paid={paid} />}
    </Modal>
  );
}

function Told({ paid }: { paid: PaidElsewhere }) {
  const { t } = useTranslation();
  const format = useFormat();
  const open = useCart();
  const { till = '?', receipt, left } = paid;
  const keep = () => {
    open.renew();
    open.adopt({ ...open.cart.get(), lines: left ?? [] });
  };
  return (
    <Stack data-testid="paid-elsewhere">
      <p role="alert">
        {receipt ? t('held.elsewhere.textReceipt', { till, receipt }) : t('held.elsewhere.text', { till })}
      </p>
      {left === null && <p>{t('held.elsewhere.loading')}</p>}
      {left && left.length > 0 && (
        <>
          <strong>{t('held.elsewhere.left')}</strong>
          <ul>
            {left.map((line, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is named by its place; the same product may stand twice.
              <li key={`${line.name} ${place}`}>
                {format.quantity(line.quantity, line.unitScale)} × {line.name}
              </li>
            ))}
          </ul>
        </>
      )}
      <Group grow preventGrowOverflow={false}>
        {left && left.length > 0 && (
          <Button size="lg" onClick={keep} data-testid="elsewhere-keep">
            {t('held.elsewhere.keep')}
          </Button>
        )}
        <Button size="lg" variant="default" onClick={() => open.renew()} data-testid="elsewhere-close">
          {t('held.elsewhere.close')}
        </Button>
      </Group>
    </Stack>
  );
}
