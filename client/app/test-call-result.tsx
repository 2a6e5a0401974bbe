import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CLOCK_ERROR_MS_MAX, type TestCall } from '../device/test-call.ts';
import { useDevice } from './contexts.ts';
import styles from './sync-screen.module.css';
import { useFormat } from './use-format.ts';
import { useLive } from './use-live.ts';

/** What a test call found, in sentences that say what to do. */
export function TestCallResult({ call }: { call: TestCall }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { connection } = useLive(useDevice().sync.status);
  const { found, tookMs, clockErrorMs, detail } = call;
  const clock = clockErrorMs !== null && Math.abs(clockErrorMs) > CLOCK_ERROR_MS_MAX ? clockErrorMs : null;
  return (
    <div className={styles.stack} data-testid="test-result" data-found={found}>
      <Line fine={found === 'reached'} text={t(`state.test.found.${found}`, { took: format.count(tookMs) })} />
      {detail !== '' && found !== 'offline' && <p className={styles.about}>{detail}</p>}
      {clock !== null && (
        <Line
          fine={false}
          text={t(clock > 0 ? 'state.test.clockAhead' : 'state.test.clockBehind', {
            by: format.length(Math.abs(clock)),
          })}
        />
      )}
      {found === 'reached' && connection !== 'online' && <Line fine={false} text={t('state.test.notLive')} />}
    </div>
  );
}

function Line({ fine, text }: { fine: boolean; text: string }) {
  const Icon = fine ? IconCircleCheck : IconAlertTriangle;
  return (
    <p className={fine ? styles.fine : styles.warnLine}>
      <Icon size={20} aria-hidden="true" />
      <span>{text}</span>
    </p>
  );
}
