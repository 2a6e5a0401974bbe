import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type Dismissed, dismissSigns, forgetGone, undismissed, type WarningSign } from '../device/warning-signs.ts';
import { useDeps } from './contexts.ts';
import styles from './shell.module.css';
import { useFormat } from './use-format.ts';
import { useSigns } from './use-signs.ts';

/** Calm and once: what grows beyond what the shop set, until somebody dismissed it or it is gone. It returns when it has doubled. */
export function SignsNotice() {
  const { t } = useTranslation();
  const signs = useSigns();
  const [dismissed, dismiss] = useDismissed(signs);
  const shown = undismissed(signs, dismissed);
  const textOf = useSignText();
  if (shown.length === 0) return null;
  return (
    <div className={styles.notice} role="status" data-testid="signs">
      <span>{shown.map(textOf).join(' ')}</span>
      <span className={styles.acts}>
        <Button component={Link} href="/sync" variant="default">
          {t('state.see')}
        </Button>
        <Button variant="default" onClick={() => dismiss(dismissSigns(signs))} data-testid="signs-dismiss">
          {t('state.dismiss')}
        </Button>
      </span>
    </div>
  );
}

function useSignText(): (sign: WarningSign) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ kind, value }) => {
    switch (kind) {
      case 'waiting':
        return t('state.sign.waiting', { count: value });
      case 'stale':
        return t('state.sign.stale', { age: format.age(value) });
      case 'offline':
        return t('state.sign.offline', { length: format.length(value) });
    }
  };
}

/** Remembered over a reload, per device of this browser. */
function useDismissed(signs: readonly WarningSign[]): [Dismissed, (next: Dismissed) => void] {
  const { slot, texts } = useDeps();
  const key = `laci.signs.${slot}`;
  const [dismissed, setDismissed] = useState<Dismissed>(() => readDismissed(texts.getItem(key)));
  const keep = (next: Dismissed) => {
    texts.setItem(key, JSON.stringify(next));
    setDismissed(next);
  };
  const current = forgetGone(signs, dismissed);
  useEffect(() => {
    if (current !== dismissed) keep(current);
  });
  return [current, keep];
}

function readDismissed(text: string | null): Dismissed {
  try {
    const kept: unknown = JSON.parse(text ?? '{}');
    return typeof kept === 'object' && kept !== null ? (kept as Dismissed) : {};
  } catch {
    return {};
  }
}
