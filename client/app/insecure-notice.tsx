import { Button, List } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDeps } from './contexts.ts';
import styles from './plain-screen.module.css';

/** On plain http: why nothing starts here, and the way to the secure address. */
export function InsecureNotice() {
  const { t } = useTranslation();
  const { page } = useDeps();
  const trust = page.trustAddress;
  return (
    <main className={styles.root} data-testid="insecure">
      <div className={styles.card}>
        <h1 className={styles.title}>{t('enrol.insecure.title')}</h1>
        <p className={styles.text}>{t('enrol.insecure.text')}</p>
        <List type="ordered" spacing="sm">
          <List.Item>
            {t('enrol.insecure.start')} <code>npm start -- --lan</code>
          </List.Item>
          <List.Item>
            {t('enrol.insecure.step1')} <a href={trust}>{trust}</a>
          </List.Item>
          <List.Item>{t('enrol.insecure.step2')}</List.Item>
          <List.Item>{t('enrol.insecure.step3')}</List.Item>
        </List>
        <Button component="a" href={trust} size="lg">
          {t('enrol.insecure.open')}
        </Button>
      </div>
    </main>
  );
}
