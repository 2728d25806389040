import { all, sql, type WritableDb } from './sql.ts';

/**
 * Lets `work` run while these triggers rest. Call it in a transaction: nobody sees them gone, and what breaks off puts them back. The
 * caller makes up for what they would have done.
 */
export function whileResting(db: WritableDb, triggers: readonly string[], work: () => void): void {
  const texts = all<{ text: string }>(
    db,
    sql`select sql as text from sqlite_schema where type = 'trigger' and name in (${triggers})`,
  );
  if (texts.length !== triggers.length) throw new Error(`one of ${triggers.join()} is missing`);
  for (const trigger of triggers) db.write.exec(`drop trigger ${trigger}`);
  work();
  for (const { text } of texts) db.write.exec(text);
}
