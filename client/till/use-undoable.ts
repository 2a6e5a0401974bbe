import { useTranslation } from 'react-i18next';
import type { CartLine } from '../../schema/receipt.ts';
import { useCart } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';

/** What takes something out of the cart can be undone. */
export function useUndoable() {
  const { t } = useTranslation();
  const open = useCart();
  const say = useSay();
  const withUndo = (text: string, act: () => void) => {
    const before = open.cart.get();
    act();
    say({ tone: 'info', text, action: { label: t('shell.undo'), act: () => open.restore(before) } });
  };
  return {
    clear: () => withUndo(t('till.say.cleared'), open.renew),
    remove: (line: CartLine, index: number) =>
      withUndo(t('till.say.removed', { name: line.name }), () => open.change({ type: 'remove', index })),
  };
}
