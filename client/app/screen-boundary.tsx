import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/empty-state.tsx';
import { useDeps } from './contexts.ts';
import styles from './screen-boundary.module.css';

interface BoundaryProps {
  /** A new name is a new screen: the error of the one before is forgotten. */
  readonly name: string;
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly error: Error | null;
  readonly name: string;
}

/** Keeps a broken screen from becoming a blank page. React knows no hook for this. */
export class ScreenBoundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { error: null, name: this.props.name };

  static getDerivedStateFromError(error: unknown): Partial<BoundaryState> {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  static getDerivedStateFromProps(props: BoundaryProps, state: BoundaryState): Partial<BoundaryState> | null {
    return props.name === state.name ? null : { name: props.name, error: null };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return <BrokenScreen error={this.state.error} onAgain={() => this.setState({ error: null })} />;
  }
}

function BrokenScreen({ error, onAgain }: { error: Error; onAgain: () => void }) {
  const { t } = useTranslation();
  const { page } = useDeps();
  return (
    <div className={styles.root} role="alert">
      <EmptyState icon={<IconAlertTriangle size={40} />} title={t('shell.broken.title')} help={t('shell.broken.text')}>
        <code className={styles.error}>{error.message}</code>
        <Button onClick={onAgain}>{t('shell.broken.again')}</Button>
        <Button variant="subtle" onClick={() => page.reload()}>
          {t('shell.broken.reload')}
        </Button>
      </EmptyState>
    </div>
  );
}
