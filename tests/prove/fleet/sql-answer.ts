import { type Database, sql } from '#district/store/sql.ts';

/** An outlet, with the scopes whose content it gets, widest first, written out by hand. */
export interface Outlet {
  readonly station: string;
  readonly divisions: readonly string[];
  readonly chain: readonly string[];
}

/** What an outlet's terminals must hold. Rows are texts, in the order of their characters. */
export interface SqlAnswer {
  /** All of its divisions: id, scope, version and the words. */
  readonly held: readonly string[];
  /** What its visitors see on the day: id, scope and version. */
  readonly shown: readonly string[];
  /** Of each division that has published something: the digest of protocol 2.5. */
  readonly digests: ReadonlyMap<string, string>;
}

/** Asks the database itself what an outlet's terminals must hold. None of the publisher's code has a part in it. */
export async function sqlAnswer(
  database: Database,
  { divisions, chain }: Outlet,
  day: string,
): Promise<SqlAnswer> {
  const held = await database.query(sql`
    select concat_ws(' ', id, scope, version, record -> 'body' ->> 'title', record ->> 'validUntil') as line
    from content where state = 'published' and split_part(scope, '-', 1) = any(${divisions})`);
  const shown = await database.query(sql`
    select distinct on (id) concat_ws(' ', id, scope, version) as line
    from content where state = 'published' and scope = any(${chain})
      and record ->> 'effectiveFrom' <= ${day} and record ->> 'validUntil' >= ${day}
    order by id, array_position(${chain}::text[], scope) desc`);
  return {
    held: linesOf(held.rows),
    shown: linesOf(shown.rows),
    digests: await digests(database, divisions),
  };
}

const linesOf = (rows: unknown[]) => (rows as { line: string }[]).map(({ line }) => line).sort();

/** A sum of SHA-256 modulo 2^256 out of eight words of 32 bits each, which PostgreSQL's numbers hold exactly. */
async function digests(
  database: Database,
  divisions: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await database.query(sql`
    with hashed as (
      select split_part(scope, '-', 1) as division,
        encode(sha256(convert_to(id || chr(10) || scope || chr(10) || version, 'UTF8')), 'hex') as hash
      from content where state = 'published' and split_part(scope, '-', 1) = any(${divisions})
    ), word as (
      select division, ('x' || substr(hash, 1 + 8 * place, 8))::bit(32)::bigint::numeric
        * trunc(power(4294967296::numeric, 7 - place)) as share
      from hashed, generate_series(0, 7) as place
    )
    select division, mod(sum(share), trunc(power(4294967296::numeric, 8)))::text as digest
    from word group by division`);
  const found = rows as { division: string; digest: string }[];
  return new Map(
    found.map(({ division, digest }) => [division, BigInt(digest).toString(16).padStart(64, '0')]),
  );
}
