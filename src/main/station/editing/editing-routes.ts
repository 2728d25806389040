import type { ContentRecord } from '#shared/content/envelope.ts';
import { type GuardedContext, requireStaff } from '../access/guard.ts';
import type { StationImplementer } from '../access/implement-station.ts';
import type { Editing } from './editing.ts';

/** What the draft of a record would show on a visitor's page. */
export type Preview = (draft: ContentRecord, method: string, input: unknown) => unknown;

/** Puts the contract's `editing` methods and the capability together. */
export function editingRoutes(
  os: StationImplementer['editing'],
  editing: Editing,
  preview: Preview,
) {
  const who = (context: GuardedContext) => requireStaff(context, 'editor');
  return {
    overview: os.overview.handler(() => editing.overview()),
    seen: os.seen.handler(({ context, input }) => {
      editing.seen(who(context), input.id);
      return {};
    }),
    list: os.list.handler(({ input }) => editing.list(input.kind)),
    open: os.open.handler(({ input }) => editing.open(input.id)),
    create: os.create.handler(({ context, input }) => editing.create(who(context), input.kind)),
    adopt: os.adopt.handler(({ context, input }) => editing.adopt(who(context), input.id)),
    save: os.save.handler(({ context, input }) => editing.save(who(context), input)),
    discard: os.discard.handler(({ context, input }) => {
      editing.discard(who(context), input.id, input.stamp);
      return {};
    }),
    check: os.check.handler(({ input }) => editing.check(input.id)),
    publish: os.publish.handler(({ context, input }) =>
      editing.publish(who(context), input.id, input.stamp),
    ),
    rebase: os.rebase.handler(({ context, input }) =>
      editing.rebase(who(context), input.id, input.own),
    ),
    withdraw: os.withdraw.handler(({ context, input }) => {
      editing.withdraw(who(context), input.id);
      return {};
    }),
    restore: os.restore.handler(({ context, input }) => editing.restore(who(context), input)),
    decide: os.decide.handler(({ context, input }) => editing.decide(who(context), input)),
    takeBack: os.takeBack.handler(({ context, input }) =>
      editing.takeBack(who(context), input.id, input.seq, input.keep),
    ),
    preview: os.preview.handler(({ input }) => ({
      answer: preview(editing.drafted(input.id), input.method, input.input),
    })),
  };
}
