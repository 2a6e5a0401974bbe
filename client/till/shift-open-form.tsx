import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { MoneyField } from './money-field.tsx';
import { AskAgain } from './shift-reminder.tsx';
import styles from './shift-screen.module.css';
import { useFaultText } from './use-fault-text.ts';

/** Opens a shift with the money that lies in the drawer. */
export function ShiftOpenForm() {
  const { t } = useTranslation();
  const { shift } = useDevice();
  const format = useFormat();
  const faultText = useFaultText();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const open = async (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    const float = format.parseMoney(typed);
    if (float === null || float < 0) return;
    const opened = await shift.open(float);
    setFault(opened.ok ? null : faultText(opened.error));
  };
  return (
    <form className={styles.form} onSubmit={(event) => void open(event)} noValidate>
      <p className={styles.help}>{t('shift.openHelp')}</p>
      <MoneyField label={t('shift.float')} typed={typed} onType={setTyped} asked={asked} testId="shift-float" />
      {fault && (
        <p className={styles.fault} role="alert">
          {fault}
        </p>
      )}
      <Button type="submit" size="lg" data-testid="shift-open">
        {t('shift.open')}
      </Button>
      <AskAgain />
    </form>
  );
}
