import type { TrustDevice, TrustLanguage } from './trust-words.ts';

/**
 * The language of a visitor: what `?lang=` asks for, else the first of Accept-Language that is Indonesian or English (by
 * weight, RFC 9110 §12.5.4), else Indonesian. `in` is the old code of Indonesian, which some Android still send; Malay
 * readers are served better by Indonesian than by English.
 */
export function visitorLanguage(asked: unknown, acceptLanguage: string | undefined): TrustLanguage {
  if (asked === 'id' || asked === 'en') return asked;
  const weighed = (acceptLanguage ?? '').split(',').map((part) => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const quality = parameters.map((parameter) => /^\s*q=([\d.]+)/.exec(parameter)?.[1]).find((q) => q !== undefined);
    return { language: languageOf(tag), weight: quality === undefined ? 1 : Number(quality) };
  });
  const wanted = weighed.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
  return wanted.find(({ language }) => language !== undefined)?.language ?? 'id';
}

function languageOf(tag: string): TrustLanguage | undefined {
  const [primary] = tag.split('-');
  if (primary === 'id' || primary === 'in' || primary === 'ms') return 'id';
  return primary === 'en' ? 'en' : undefined;
}

/** The kind of device by its User-Agent; undefined when it does not tell. */
export function visitorDevice(userAgent: string | undefined): TrustDevice | undefined {
  if (!userAgent) return undefined;
  if (/Android/.test(userAgent)) return 'android';
  if (/iPhone|iPad|iPod/.test(userAgent)) return 'ios';
  if (/Windows/.test(userAgent)) return 'windows';
  if (/Macintosh/.test(userAgent)) return 'macos';
  return /Linux|X11|CrOS/.test(userAgent) ? 'linux' : undefined;
}
