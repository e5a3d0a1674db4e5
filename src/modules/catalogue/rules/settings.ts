/**
 * A number that rules need, with its bounds. `unit` names the text of its unit (`minutes`: of the day; `span`: minutes
 * that pass); `default` holds until a row says else.
 */
export type SettingRule = {
  readonly name: string;
  readonly unit:
    | 'times'
    | 'days'
    | 'metres'
    | 'hours'
    | 'units'
    | 'files'
    | 'minutes'
    | 'span'
    | 'parts'
    | 'percent'
    | 'working_days'
    | 'office_hours'
    | 'months';
  readonly least: number;
  readonly most: number;
  readonly default: number;
};

/** A number of at least one of a unit. */
const upTo =
  (unit: SettingRule['unit']) =>
  (name: string, most: number, standard: number): SettingRule => ({ name, unit, least: 1, most, default: standard });
const span = upTo('span');
const workingDays = upTo('working_days');
const officeHours = upTo('office_hours');
/** How far from the place somebody may stand who says that he is there. */
const radius = (name: string, standard: number): SettingRule => ({
  ...{ name, unit: 'metres', least: 20, most: 5000, default: standard },
});
/** A moment of a day. */
const minute = (name: string, standard: number): SettingRule => ({
  ...{ name, unit: 'minutes', least: 0, most: 1440, default: standard },
});

/** The settings of cases, under the names by which case rules know them. */
export const CASE_SETTINGS = {
  verificationRadius: radius('verification_radius', 200),
  claimHours: { name: 'claim_hours', unit: 'hours', least: 1, most: 240, default: 24 },
  callBackTries: { name: 'call_back_tries', unit: 'times', least: 1, most: 20, default: 3 },
  callBackDays: { name: 'call_back_days', unit: 'days', least: 1, most: 20, default: 2 },
  callBackParts: { name: 'call_back_parts', unit: 'parts', least: 1, most: 3, default: 2 },
  maxExtensions: { name: 'max_extensions', unit: 'times', least: 0, most: 10, default: 2 },
  maxExtensionAmount: { name: 'max_extension_amount', unit: 'units', least: 1, most: 1000, default: 30 },
  maxFiles: { name: 'max_files', unit: 'files', least: 1, most: 30, default: 10 },
  maxShelvingDays: { name: 'max_shelving_days', unit: 'days', least: 1, most: 1095, default: 365 },
} as const satisfies Readonly<Record<string, SettingRule>>;
export type CaseSettingKey = keyof typeof CASE_SETTINGS;

/**
 * Limits of joint handling by ground, in minutes around the clock. Thirty minutes to arrive in an emergency is the limit
 * of the Pinggu pilot (2019); the others are this platform's own assumption, to be set by each place.
 */
export const JOINT_SETTINGS = {
  answerDemand: span('joint_answer_demand', 10_080, 480),
  answerEnforcement: span('joint_answer_enforcement', 10_080, 120),
  answerEmergency: span('joint_answer_emergency', 1440, 10),
  arriveDemand: span('joint_arrive_demand', 43_200, 2880),
  arriveEnforcement: span('joint_arrive_enforcement', 43_200, 1440),
  arriveEmergency: span('joint_arrive_emergency', 1440, 30),
  partDemand: span('joint_part_demand', 86_400, 7200),
  partEnforcement: span('joint_part_enforcement', 86_400, 4320),
  partEmergency: span('joint_part_emergency', 43_200, 1440),
  ruling: span('joint_ruling', 10_080, 240),
  rulingEmergency: span('joint_ruling_emergency', 1440, 15),
  radius: radius('joint_radius', 500),
} as const satisfies Readonly<Record<string, SettingRule>>;

/** Requests of people about their own data: the law says 'in time'; fifteen working days is this platform's assumption. */
export const PRIVACY_SETTINGS = {
  answerDays: { name: 'privacy_answer_days', unit: 'days', least: 1, most: 30, default: 15 },
} as const satisfies Readonly<Record<string, SettingRule>>;

/** Quick response (小脑+手脚): the clocks of a township command in Hangzhou: 1 min, 8 min, 1 h, 24 h. */
export const DUTY_SETTINGS = {
  acknowledge: span('duty_acknowledge', 1440, 1),
  arrive: span('duty_arrive', 1440, 8),
  report: span('duty_report', 10_080, 60),
  close: span('duty_close', 43_200, 1440),
  radius: radius('duty_radius', 500),
} as const satisfies Readonly<Record<string, SettingRule>>;

/** The settings of supervision: when an order is raised by the clock, and how long each colour lasts. */
export const SUPERVISION_SETTINGS = {
  blueAtPercent: { name: 'supervision_blue_at', unit: 'percent', least: 10, most: 99, default: 80 },
  yellowDays: workingDays('supervision_yellow_days', 30, 1),
  redDays: workingDays('supervision_red_days', 30, 1),
  unresolvedDays: workingDays('supervision_unresolved_days', 60, 3),
  reviewReminderDays: { name: 'supervision_review_reminder', unit: 'days', least: 1, most: 60, default: 3 },
  watchDispatchHours: officeHours('watch_dispatch_hours', 240, 4),
  watchDisputeHours: officeHours('watch_dispute_hours', 240, 8),
  watchExtensionHours: officeHours('watch_extension_hours', 240, 8),
  watchVerifyHours: officeHours('watch_verify_hours', 240, 16),
  watchCallBackHours: officeHours('watch_call_back_hours', 240, 16),
  watchAnswerHours: officeHours('watch_answer_hours', 240, 16),
} as const satisfies Readonly<Record<string, SettingRule>>;

/** When a suggestion of the classifier is shown, and how it is kept up to date. */
export const TRIAGE_SETTINGS = {
  threshold: { name: 'triage_threshold', unit: 'percent', least: 10, most: 99, default: 40 },
  retrainDays: { name: 'triage_retrain_days', unit: 'days', least: 1, most: 365, default: 7 },
  retrainCases: { name: 'triage_retrain_cases', unit: 'files', least: 1, most: 10_000, default: 20 },
  keepMonths: { name: 'triage_keep_months', unit: 'months', least: 1, most: 120, default: 36 },
} as const satisfies Readonly<Record<string, SettingRule>>;

/** The call-back list: how long a call that was begun stays with its caller, in minutes. */
export const CALL_BACK_SETTINGS = {
  claim: span('call_back_claim', 240, 20),
} as const satisfies Readonly<Record<string, SettingRule>>;

/** Opening hours of the offices, in minutes after midnight. */
export const OFFICE_HOURS = {
  morningOpens: minute('morning_opens', 510),
  morningCloses: minute('morning_closes', 720),
  afternoonOpens: minute('afternoon_opens', 870),
  afternoonCloses: minute('afternoon_closes', 1050),
} as const satisfies Readonly<Record<string, SettingRule>>;

const RULES: readonly SettingRule[] = [
  ...Object.values(CASE_SETTINGS),
  ...Object.values(JOINT_SETTINGS),
  ...Object.values(DUTY_SETTINGS),
  ...Object.values(SUPERVISION_SETTINGS),
  ...Object.values(TRIAGE_SETTINGS),
  ...Object.values(CALL_BACK_SETTINGS),
  ...Object.values(PRIVACY_SETTINGS),
  ...Object.values(OFFICE_HOURS),
];
export const SETTING_NAMES = RULES.map((rule) => rule.name);

export function findSettingRule(name: string): SettingRule | undefined {
  return RULES.find((rule) => rule.name === name);
}

export type SettingRow = { readonly name: string; readonly classCode: string; readonly value: number };

/** The value of a setting: the class's own row, else the general one, else the default of the rule. */
export function settingOf(rule: SettingRule, rows: readonly SettingRow[], classCode: string | null): number {
  const own = rows.find((row) => row.name === rule.name && row.classCode === classCode);
  return (own ?? rows.find((row) => row.name === rule.name && row.classCode === '*'))?.value ?? rule.default;
}

/** All settings of a group from their rows. */
export function settingsFrom<K extends string>(
  group: Readonly<Record<K, SettingRule>>,
  rows: readonly SettingRow[],
  classCode: string | null,
): Record<K, number> {
  const entries = Object.entries(group) as [K, SettingRule][];
  return Object.fromEntries(entries.map(([key, rule]) => [key, settingOf(rule, rows, classCode)])) as Record<K, number>;
}

/** All settings of cases from their rows. */
export function caseSettingsFrom(
  rows: readonly SettingRow[],
  classCode: string | null,
): Record<CaseSettingKey, number> {
  return settingsFrom(CASE_SETTINGS, rows, classCode);
}

/** The two halves of a working day; one half when the break is empty. Hours that make no sense fall back to the default. */
export function officeHoursFrom(rows: readonly SettingRow[]): readonly (readonly [from: number, to: number])[] {
  const { morningOpens, morningCloses, afternoonOpens, afternoonCloses } = OFFICE_HOURS;
  const read = (rule: SettingRule) => settingOf(rule, rows, null);
  const [a, b, c, d] = [read(morningOpens), read(morningCloses), read(afternoonOpens), read(afternoonCloses)];
  if (!officeHoursFit([a, b, c, d]))
    return [
      [morningOpens.default, morningCloses.default],
      [afternoonOpens.default, afternoonCloses.default],
    ];
  return b === c
    ? [[a, d]]
    : [
        [a, b],
        [c, d],
      ];
}

/** True for opening and closing times that follow each other within a day. */
export function officeHoursFit([a, b, c, d]: readonly [number, number, number, number]): boolean {
  return a < b && b <= c && c < d && a >= 0 && d <= 1440;
}
