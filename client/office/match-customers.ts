import type { CustomerDoc } from '../../schema/company.ts';

/** Customers whose name or phone holds every word typed, by name; those switched off only where they are asked for. */
export function matchCustomers(all: readonly CustomerDoc[], text: string, withOff: boolean): readonly CustomerDoc[] {
  const words = plain(text).split(' ').filter(Boolean);
  const holds = ({ name, phone = '' }: CustomerDoc) => {
    const [called, digits] = [plain(name), phone.replace(/\D/g, '')];
    return words.every(
      (word) => called.includes(word) || (/^[\d+-]+$/.test(word) && digits.includes(word.replace(/\D/g, ''))),
    );
  };
  return all
    .filter((one) => (withOff || one.active) && holds(one))
    .sort((left, right) => (plain(left.name) < plain(right.name) ? -1 : 1));
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}
