import type { OwnEdit } from '../device/device.ts';

/** A conflict that no person has decided yet. */
export function isOpenConflict({ verdict, decided }: OwnEdit): boolean {
  return verdict?.verdict === 'conflict' && decided === undefined;
}

/** A refusal that no person has seen yet. */
export function isOpenRefusal({ verdict, decided }: OwnEdit): boolean {
  return verdict?.verdict === 'refused' && decided === undefined;
}
