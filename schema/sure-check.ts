import { z } from 'zod';

/** Says whether a shape accepts a value, and nothing else. */
export type SureCheck = (value: unknown) => boolean;
type Def = z.core.$ZodTypes['_zod']['def'];
export type Checks = readonly z.core.$ZodCheck<never>[] | undefined;

/**
 * The verdict of `shape` in a fraction of its time, for those who keep the value as it came: nothing is copied, and no reason is given. Made once
 * from the shape itself, so that there is no second description of it; whatever this does not know is left to the shape.
 */
export function sureCheck(shape: z.core.$ZodType): SureCheck {
  const { def } = (shape as z.core.$ZodTypes)._zod;
  const [kind, more] = [kindCheck(def), moreChecks(def.checks as Checks)];
  if (kind === null || more === null) return (value) => z.safeParse(shape, value).success;
  const [first, second, third] = more;
  if (!first) return kind;
  if (!second) return (value) => kind(value) && first(value);
  if (!third) return (value) => kind(value) && first(value) && second(value);
  return (value) => kind(value) && more.every((check) => check(value));
}

function kindCheck(def: Def): SureCheck | null {
  switch (def.type) {
    case 'string':
      return 'check' in def ? null : (value) => typeof value === 'string';
    case 'number':
      return 'format' in def && def.format === 'safeint' ? Number.isSafeInteger : null;
    case 'unknown':
      return () => true;
    case 'boolean':
      return (value) => value === true || value === false;
    case 'literal':
      return oneOf(def.values);
    case 'enum':
      return oneOf(Object.values(def.entries));
    case 'optional':
      return orUndefined(sureCheck(def.innerType));
    case 'array':
      return arrayCheck(sureCheck(def.element));
    case 'object':
      return def.catchall === undefined ? objectCheck(def) : null;
    case 'union':
      return 'discriminator' in def ? unionCheck(def as z.core.$ZodDiscriminatedUnionDef) : null;
    default:
      return null;
  }
}

function oneOf(values: readonly unknown[]): SureCheck {
  const all = new Set(values);
  return (value) => all.has(value);
}

function orUndefined(check: SureCheck): SureCheck {
  return (value) => value === undefined || check(value);
}

function arrayCheck(check: SureCheck): SureCheck {
  return (value) => {
    if (!Array.isArray(value)) return false;
    for (const one of value) if (!check(one)) return false;
    return true;
  };
}

function objectCheck(def: z.core.$ZodObjectDef): SureCheck {
  const keys = Object.keys(def.shape);
  const checks = keys.map((key) => sureCheck(def.shape[key] as z.core.$ZodType));
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    for (let at = 0; at < keys.length; at += 1) {
      if (!checks[at]?.((value as Record<string, unknown>)[keys[at] as string])) return false;
    }
    return true;
  };
}

/** Of objects that say by one literal which of them they are. */
function unionCheck({ discriminator, options }: z.core.$ZodDiscriminatedUnionDef): SureCheck | null {
  const byName = new Map<unknown, SureCheck>();
  for (const option of options) {
    const named = (option as z.core.$ZodObject)._zod.def.shape?.[discriminator] as z.core.$ZodLiteral | undefined;
    if (named?._zod.def.type !== 'literal') return null;
    for (const name of named._zod.def.values) byName.set(name, sureCheck(option));
  }
  return (value) =>
    byName.get((value as Record<string, unknown> | null | undefined)?.[discriminator])?.(value) ?? false;
}

/** Lengths, limits and patterns; null where there is any other. Of what has a length, one that asks for no more looks at nothing else. */
export function moreChecks(checks: Checks = []): SureCheck[] | null {
  const all = checks.map((check) => moreCheck((check as unknown as z.core.$ZodChecks)._zod.def));
  return all.every((one) => one !== null) ? all : null;
}

function moreCheck(def: z.core.$ZodChecks['_zod']['def']): SureCheck | null {
  switch (def.check) {
    case 'min_length':
      return (value) => (value as string | unknown[]).length >= def.minimum;
    case 'max_length':
      return (value) => (value as string | unknown[]).length <= def.maximum;
    case 'greater_than':
      return def.inclusive
        ? (value) => (value as number) >= Number(def.value)
        : (value) => (value as number) > Number(def.value);
    case 'less_than':
      return def.inclusive
        ? (value) => (value as number) <= Number(def.value)
        : (value) => (value as number) < Number(def.value);
    case 'string_format':
      return def.format === 'regex' ? patternCheck(def.pattern) : null;
    default:
      return null;
  }
}

/** One that remembers where it stopped says something else when it is asked again. */
function patternCheck(pattern: RegExp | undefined): SureCheck | null {
  return pattern && !pattern.global && !pattern.sticky ? (value) => pattern.test(value as string) : null;
}
