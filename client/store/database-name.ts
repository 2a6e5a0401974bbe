/** RxDB names a slot's database so, and so do storages. */
export function databaseNameOf(slot: string): string {
  return `laci-${slot}`;
}
