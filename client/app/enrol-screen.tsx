import { Button, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { LANGUAGES } from '../../schema/protocol/error.ts';
import { LANGUAGE_NAMES } from '../i18n/language.ts';
import { useDeps } from './contexts.ts';
import { codeInPath } from './enrol-check.ts';
import { LeftHereNotice } from './left-here-notice.tsx';
import styles from './plain-screen.module.css';
import { useEnrol } from './use-enrol.ts';
import { useLanguage } from './use-format.ts';
import { useSetLanguage } from './use-set-language.ts';

interface EnrolScreenProps {
  readonly onEnrolled: () => void;
  /** What is to be known before. */
  readonly children?: ReactNode;
}

/** Connects this slot with a code, typed or from a link. */
export function EnrolScreen({ onEnrolled, children }: EnrolScreenProps) {
  const { t } = useTranslation();
  const { slot } = useDeps();
  const [path, go] = useLocation();
  const fromLink = codeInPath(path);
  const [code, setCode] = useState(fromLink);
  const [serverAddress, setServerAddress] = useState('');
  const { busy, fault, enrol } = useEnrol(() => {
    go('/', { replace: true });
    onEnrolled();
  });
  useOnce(fromLink !== '', () => void enrol({ code: fromLink, serverAddress: '' }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void enrol({ code, serverAddress: serverAddress.trim() });
  };
  return (
    <main className={styles.root} data-testid="enrol">
      <form className={styles.card} onSubmit={submit} noValidate>
        <h1 className={styles.title}>{t('enrol.title')}</h1>
        <p className={styles.text}>{t('enrol.text')}</p>
        <LeftHereNotice />
        {children}
        <TextInput
          label={t('enrol.code')}
          description={t('enrol.codeHint')}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          classNames={{ input: styles.code ?? '' }}
          size="xl"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          autoFocus
          data-testid="enrol-code"
        />
        {fault && (
          <p className={styles.error} role="alert" data-testid="enrol-fault">
            {fault}
          </p>
        )}
        <Button type="submit" size="lg" loading={busy} data-testid="enrol-submit">
          {t(busy ? 'enrol.busy' : 'enrol.submit')}
        </Button>
        <details className={styles.details}>
          <summary>{t('enrol.advanced')}</summary>
          <TextInput
            label={t('enrol.server')}
            description={t('enrol.serverHint')}
            value={serverAddress}
            onChange={(event) => setServerAddress(event.currentTarget.value)}
            inputMode="url"
            placeholder={useDeps().page.origin}
          />
          <p className={styles.text}>{t('enrol.slot', { slot })}</p>
        </details>
        <Languages />
      </form>
    </main>
  );
}

/** A link is tried once, by itself; after that the person decides. */
function useOnce(wanted: boolean, act: () => void): void {
  const done = useRef(false);
  useEffect(() => {
    if (!wanted || done.current) return;
    done.current = true;
    act();
  });
}

function Languages() {
  const now = useLanguage();
  const setLanguage = useSetLanguage();
  return (
    <div className={styles.languages}>
      {LANGUAGES.map((language) => (
        <Button
          key={language}
          type="button"
          lang={language}
          variant={language === now ? 'light' : 'subtle'}
          color={language === now ? 'laci' : 'gray'}
          aria-pressed={language === now}
          onClick={() => setLanguage(language)}
        >
          {LANGUAGE_NAMES[language]}
        </Button>
      ))}
    </div>
  );
}
