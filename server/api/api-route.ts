import type { z } from 'zod';
import type { ApiErrorCode } from '../../schema/api/api-error.ts';
import type { ApiRight } from '../../schema/api/integration.ts';
import type { ApiContext } from './api-call.ts';

/** One address for other systems. Router and document are both made from it, so that neither says what the other does not. */
export interface ApiRoute {
  readonly method: 'get' | 'post';
  /** Under `/api/v1`. */
  readonly path: string;
  readonly right: ApiRight;
  readonly summary: string;
  readonly query?: z.ZodObject;
  /** Headers that it needs, with what they are for. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: z.ZodType;
  readonly status: 200 | 201;
  readonly answer: z.ZodType;
  /** Errors of its own, beside those that every address may answer. */
  readonly errors: readonly ApiErrorCode[];
  readonly handle: (context: ApiContext, input: ApiInput) => Promise<object>;
}

/** A request as its shapes read it. */
export interface ApiInput {
  readonly query: unknown;
  readonly body: unknown;
}

/** Ties a route's handler to the shapes it is called with, and to the one of its answer. */
export function apiRoute<
  Query extends z.ZodObject = z.ZodObject<Record<never, never>>,
  Body extends z.ZodType = z.ZodUndefined,
  Answer extends z.ZodType = z.ZodType,
>(
  route: Omit<ApiRoute, 'handle' | 'query' | 'body' | 'answer'> & {
    readonly query?: Query;
    readonly body?: Body;
    readonly answer: Answer;
    readonly handle: (
      context: ApiContext,
      input: { readonly query: z.output<Query>; readonly body: z.output<Body> },
    ) => Promise<z.input<Answer> & object>;
  },
): ApiRoute {
  return route as ApiRoute;
}
