import type { OwnEdit } from '../device/device.ts';
import { useFieldText } from '../office/use-field-text.ts';

/** What an edit wishes, field by field, as people call them: `Price Rp 9,000`. */
export function useWishText(): (edit: Pick<OwnEdit, 'patch'>) => string {
  const fieldText = useFieldText();
  return ({ patch }) =>
    Object.entries(patch)
      .map(([field, value]) => fieldText.pair(field, value))
      .join(', ');
}
