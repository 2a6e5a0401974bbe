import { useTranslation } from 'react-i18next';
import { useCart } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';

/** What changes the cart can be undone: it is said, with the way back. */
export function useUndoable() {
  const { t } = useTranslation();
  const open = useCart();
  const say = useSay();
  return {
    sayUndoable: (text: string) =>
      say({ tone: 'info', text, action: { label: t('shell.undo'), act: () => void open.undo() } }),
    /** The last change goes, whatever it was. */
    undo: () => {
      if (open.undo()) say({ tone: 'info', text: t('sell.say.undone') });
    },
  };
}
