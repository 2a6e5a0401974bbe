import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './list-screen.module.css';

/** Where there is no room beside a list. */
export const NARROW = '(max-width: 61.99em)';

interface SideOrDrawerProps {
  readonly title: string;
  readonly opened: boolean;
  readonly onClose: () => void;
  /** What stands there while nothing is chosen. */
  readonly empty: ReactNode;
  readonly children: ReactNode;
}

/** The details of a chosen row: beside the list where there is room, else in a drawer. */
export function SideOrDrawer({ title, opened, onClose, empty, children }: SideOrDrawerProps) {
  const { t } = useTranslation();
  const narrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false });
  if (narrow) {
    return (
      <Drawer
        opened={opened}
        onClose={onClose}
        position="right"
        size="min(34rem, 100%)"
        title={title}
        closeButtonProps={{ 'aria-label': t('shell.close') }}
      >
        {children}
      </Drawer>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className={styles.side} aria-label={title} tabIndex={0}>
      {opened ? (
        <>
          <h2>{title}</h2>
          {children}
        </>
      ) : (
        empty
      )}
    </section>
  );
}
