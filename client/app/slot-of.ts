/** Which device of this browser: `?till=NAME`, cut to what a storage name can be, else `default`. */
export function slotOf(search: string): string {
  const asked = new URLSearchParams(search).get('till') ?? '';
  return asked.replace(/[^A-Za-z0-9_-]/g, '').slice(0, 32) || 'default';
}
