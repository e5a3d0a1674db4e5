// Written from the migrated schema by `node bin/gongzhi.mjs schema`; never edited.
import type { Generated, GeneratedAlways } from 'kysely';
import type { JsonColumn, JsonColumnWithDefault, NullableJsonColumn } from './values.ts';

export interface AnswersTemplate {
  tenant_id: number;
  id: string;
  version: number;
  class_code: string;
  step: string;
  name_zh: string;
  name_en: string;
  words_zh: string;
  words_en: string;
  ended: boolean;
  set_at: Date;
  set_by: string;
}

export interface AreasAddress {
  tenant_id: number;
  id: string;
  grid_code: string;
  estate: string;
  building: string;
  unit: string;
  room: string;
  place_key: string;
  updated_at: Date;
}

export interface AreasArea {
  tenant_id: number;
  code: string;
  level: string;
  kind: string;
  name: string;
  official_name: string;
  short_name: string;
  pinyin: string;
  initials: string;
  parent_code: string | null;
  valid_from: string;
  valid_to: string | null;
  provisional: boolean;
  households: number | null;
  population: number | null;
  version: number;
  updated_at: Date;
}

export interface AreasAreaSet {
  tenant_id: number;
  id: string;
  kind: string;
  name: string;
  valid_from: string;
  valid_to: string | null;
  version: number;
  updated_at: Date;
}

export interface AreasAreaSetMember {
  tenant_id: number;
  set_id: string;
  code: string;
  valid_from: string;
  valid_to: string | null;
}

export interface AreasBoundary {
  tenant_id: number;
  code: string;
  source: string;
  attribution: string | null;
  geometry: JsonColumn;
  west: number;
  south: number;
  east: number;
  north: number;
  centre_lon: number;
  centre_lat: number;
  square_metres: number;
  updated_at: Date;
}

export interface AreasImportReport {
  tenant_id: number;
  id: string;
  subject: string;
  at: Date;
  actor_id: string;
  total: number;
  accepted: number;
  rejected: number;
  issues: JsonColumn;
  matched: number;
}

export interface AreasJurisdiction {
  tenant_id: number;
  code: string;
  name: string;
  context: JsonColumn;
  source: string;
  valid_from: string;
  valid_to: string | null;
}

export interface AreasRevision {
  tenant_id: number;
  number: number;
}

export interface AreasSuccession {
  tenant_id: number;
  code: string;
  successor_code: string;
  manner: string;
  on_day: string;
}

export interface AuthAccount {
  id: string;
  accountId: string;
  providerId: string;
  userId: string;
  accessToken: string | null;
  refreshToken: string | null;
  idToken: string | null;
  accessTokenExpiresAt: Date | null;
  refreshTokenExpiresAt: Date | null;
  scope: string | null;
  password: string | null;
  createdAt: Generated<Date>;
  updatedAt: Date;
}

export interface AuthChallenge {
  id: Buffer;
  purpose: string;
  user_id: string | null;
  content: JsonColumn;
  expires_at: Date;
}

export interface AuthKnownDevice {
  user_id: string;
  device: Buffer;
  seen_at: Date;
}

export interface AuthOneTimeLink {
  token_hash: Buffer;
  user_id: string;
  issued_by: string;
  created_at: Date;
  expires_at: Date;
  used_at: Date | null;
}

export interface AuthPasskey {
  id: string;
  user_id: string;
  credential_id: string;
  public_key: Buffer;
  counter: number;
  transports: string[];
  name: string;
  created_at: Date;
  used_at: Date | null;
}

export interface AuthRecoveryCode {
  user_id: string;
  code_mac: Buffer;
  created_at: Date;
  used_at: Date | null;
}

export interface AuthSession {
  id: string;
  expiresAt: Date;
  token: string;
  createdAt: Generated<Date>;
  updatedAt: Date;
  ipAddress: string | null;
  userAgent: string | null;
  userId: string;
  beganAt: Generated<Date>;
  provedAt: Generated<Date>;
  secondFactorAt: Date | null;
  method: Generated<string>;
  replacedAt: Date | null;
}

export interface AuthSignInTry {
  id: string;
  account_key: string;
  address_key: string;
  at: Date;
  outcome: string;
}

export interface AuthSsoIdentity {
  issuer: string;
  subject: string;
  user_id: string;
  linked_at: Date;
}

export interface AuthTotp {
  user_id: string;
  secret: Buffer | null;
  confirmed_at: Date | null;
  last_step: Generated<number>;
  pending: Buffer | null;
}

export interface AuthUser {
  id: string;
  name: string;
  email: string;
  emailVerified: boolean;
  image: string | null;
  createdAt: Generated<Date>;
  updatedAt: Generated<Date>;
  username: string | null;
  tenant: number;
  suspendedAt: Date | null;
}

export interface AuthVerification {
  id: string;
  identifier: string;
  value: string;
  expiresAt: Date;
  createdAt: Generated<Date>;
  updatedAt: Generated<Date>;
}

export interface Call_backsAttempt {
  tenant_id: number;
  id: string;
  case_id: string;
  round: number;
  at: Date;
  caller_id: string;
  outcome: string;
  answers: JsonColumn;
  next_at: Date | null;
}

export interface Call_backsEntry {
  tenant_id: number;
  case_id: string;
  round: number;
  timing: string;
  state: string;
  class_code: string;
  lane: string;
  area_code: string;
  sensitivity: string;
  organisation_id: string | null;
  handled_by: string[];
  opened_at: Date;
  due_at: Date;
  next_at: Date;
  tries: number;
  claimed_by: string | null;
  claimed_at: Date | null;
  language: string;
  note: Buffer | null;
  link_hash: string;
  solved: string | null;
  satisfaction: string | null;
  answered_by: string | null;
  ended_at: Date | null;
}

export interface Call_backsScript {
  tenant_id: number;
  class_code: string;
  valid_from: Date;
  opening_zh: string;
  opening_en: string;
  closing_zh: string;
  closing_en: string;
  questions: JsonColumn;
  set_by: string;
}

export interface Call_backsTally {
  tenant_id: number;
  organisation_id: string;
  day: string;
  solved: number;
  partly: number;
  unsolved: number;
  satisfied: number;
  basically: number;
  unsatisfied: number;
  unreachable: number;
  lapsed: number;
  declined: Generated<number>;
}

export interface CasesAssist {
  tenant_id: number;
  case_id: string;
  organisation_id: string;
  opened_at: Date;
}

export interface CasesCaseFile {
  tenant_id: number;
  id: string;
  number: string;
  version: number;
  state: string;
  lane: string;
  class_code: string;
  class_version: number;
  urgency: string;
  sensitivity: string;
  area_code: string;
  address_id: string | null;
  lon: number | null;
  lat: number | null;
  channel: string;
  requester_id: string | null;
  anonymous: boolean;
  contactable: boolean;
  public_consent: boolean;
  public_state: string;
  first_receiver_id: string;
  responsible_organisation_id: string;
  lead_organisation_id: string | null;
  facts: JsonColumn;
  opened_at: Date;
  registered_at: Date;
  stage: string;
  stage_started_at: Date | null;
  stage_due_at: Date | null;
  total_due_at: Date | null;
  closed_at: Date | null;
  closure: string | null;
  solved: string | null;
  satisfaction: string | null;
  settled_on_spot: boolean;
  imported: boolean;
  source: string | null;
  source_id: string | null;
  master_case_id: string | null;
  chain_length: number;
  chain_head: Buffer;
  updated_at: Date;
  ended_at: Date | null;
}

export interface CasesCaseText {
  tenant_id: number;
  case_id: string;
  title: string;
  body: string;
  place_text: string | null;
  search: string;
  erased_at: Date | null;
  erasure_order: string | null;
}

export interface CasesEvent {
  tenant_id: number;
  case_id: string;
  seq: number;
  kind: string;
  at: Date;
  actor_id: string;
  actor_kind: string;
  party: string | null;
  organisation_id: string | null;
  payload: JsonColumn;
  content_commitment: Buffer | null;
  file_ids: string[];
  file_hashes: string[];
  previous_hash: Buffer;
  hash: Buffer;
}

export interface CasesEventContent {
  tenant_id: number;
  case_id: string;
  seq: number;
  salt: Buffer | null;
  content: NullableJsonColumn;
  erased_by: string | null;
  erased_at: Date | null;
}

export interface CasesNumberSerial {
  tenant_id: number;
  day: string;
  last: number;
}

export interface CasesPublicRelease {
  tenant_id: number;
  case_id: string;
  title: string;
  body: string;
  area_code: string;
  lon: number | null;
  lat: number | null;
  file_ids: string[];
  released_at: Date;
  released_by: string;
  answer: string | null;
  answered_by: string | null;
}

export interface CatalogueCalendarException {
  tenant_id: number;
  day: string;
  kind: string;
  note: string;
  created_at: Date;
  created_by: string;
}

export interface CatalogueCatalogueVersion {
  tenant_id: number;
  version: number;
  valid_from: Date;
  note: string;
  created_at: Date;
  created_by: string;
}

export interface CatalogueClass {
  tenant_id: number;
  code: string;
  version: number;
  parent_code: string | null;
  name_zh: string;
  name_en: string;
  keywords: Generated<string[]>;
  lane: string;
  sensitivity: string;
  default_urgency: string;
  petition: Generated<boolean>;
  settle_on_spot: Generated<boolean>;
  needs_photo: Generated<boolean>;
  call_back_before: Generated<boolean>;
  fallback: Generated<boolean>;
  valid_from: Date;
  valid_to: Date | null;
}

export interface CatalogueDeadline {
  tenant_id: number;
  id: string;
  version: number;
  class_code: string;
  stage: string;
  amount: string;
  clock: string;
  basis: Generated<string>;
  valid_from: Date;
  valid_to: Date | null;
  created_by: string;
}

export interface CatalogueDispatchEntry {
  tenant_id: number;
  id: string;
  entry_number: number;
  class_code: string;
  level: string;
  area_code: string;
  lead_kind: string | null;
  lead_organisation_id: string | null;
  assist_kinds: Generated<string[]>;
  assist_ids: Generated<string[]>;
  legal_basis: string;
  decided_by: Generated<string>;
  sample: Generated<boolean>;
  valid_from: Date;
  valid_to: Date | null;
  created_at: Date;
  created_by: string;
  ended_by: string | null;
  end_reason: string | null;
}

export interface CatalogueSetting {
  tenant_id: number;
  id: string;
  name: string;
  class_code: Generated<string>;
  value: string;
  valid_from: Date;
  valid_to: Date | null;
  created_by: string;
}

export interface ClustersCount {
  tenant_id: number;
  day: string;
  began_at: Date;
}

export interface ClustersHotIssue {
  tenant_id: number;
  id: string;
  title: string;
  words: string[];
  class_code: string;
  area_code: string;
  requests: number;
  people: number;
  heat: number;
  first_at: Date;
  last_at: Date;
  state: string;
  found_at: Date;
  counted_at: Date;
  kind: string | null;
  month: string | null;
  lead_organisation_id: string | null;
  case_id: string | null;
  decided_by: string | null;
  decided_at: Date | null;
  reason: string | null;
  public_title: string | null;
  public_text: string | null;
  published_at: Date | null;
}

export interface ClustersHotIssueMember {
  tenant_id: number;
  issue_id: string;
  case_id: string;
}

export interface ClustersSignature {
  tenant_id: number;
  case_id: string;
  source: string;
  keys: string[];
  words: string[];
  weights: number[];
  opened_at: Date;
}

export interface DutyCall {
  tenant_id: number;
  id: string;
  case_id: string;
  case_number: string;
  version: number;
  state: string;
  area_code: string;
  lane: string;
  sensitivity: string;
  team_id: string;
  called_users: string[];
  sent_at: Date;
  acknowledged_at: Date | null;
  arrived_at: Date | null;
  reported_at: Date | null;
  ended_at: Date | null;
  facts: JsonColumn;
  updated_at: Date;
}

export interface DutyKind {
  tenant_id: number;
  id: string;
  kind: string;
  name_zh: string;
  name_en: string;
  takes: string[];
  valid_from: Date;
  valid_to: Date | null;
  created_by: string;
}

export interface DutyPoliceHandover {
  tenant_id: number;
  id: string;
  reference: string;
  direction: string;
  their_reference: string | null;
  case_id: string;
  call_id: string | null;
  area_code: string;
  lon: number | null;
  lat: number | null;
  place: string | null;
  matter: string;
  at: Date;
  by_organisation_id: string | null;
}

export interface DutyShift {
  tenant_id: number;
  id: string;
  team_id: string;
  starts_at: Date;
  ends_at: Date;
  line: string[];
  handover_note: string | null;
  handed_over_at: Date | null;
}

export interface DutyTeam {
  tenant_id: number;
  id: string;
  kind: string;
  name: string;
  area_code: string;
  created_at: Date;
  closed_at: Date | null;
}

export interface DutyTeamMember {
  tenant_id: number;
  team_id: string;
  post_id: string;
  user_id: string;
  added_at: Date;
}

export interface ExclusionsExclusion {
  tenant_id: number;
  id: string;
  version: number;
  case_id: string;
  organisation_id: string;
  area_code: string;
  ground: string;
  words: string;
  state: string;
  asked_at: Date;
  asked_by: string;
  asked_by_organisation_id: string;
  decided_at: Date | null;
  decided_by: string | null;
  decided_by_organisation_id: string | null;
  decision_words: string | null;
  public_words: string | null;
  revoked_at: Date | null;
  revoked_by: string | null;
  revoked_by_organisation_id: string | null;
  revocation_words: string | null;
}

export interface ExclusionsGround {
  tenant_id: number;
  code: string;
  valid_from: string;
  valid_to: string | null;
  name_zh: string;
  name_en: string;
  set_by: string;
}

export interface Joint_handlingJoint {
  tenant_id: number;
  id: string;
  case_id: string;
  case_number: string;
  version: number;
  state: string;
  ground: string;
  area_code: string;
  lane: string;
  sensitivity: string;
  whistler_id: string;
  asker_id: string | null;
  lead_id: string;
  facts: JsonColumn;
  opened_at: Date;
  whistled_at: Date | null;
  ended_at: Date | null;
  cancelled_late: boolean;
  centre_justified: boolean | null;
  centre_needed: boolean | null;
  updated_at: Date;
}

export interface Joint_handlingMember {
  tenant_id: number;
  joint_id: string;
  organisation_id: string;
  state: string;
  called_at: Date;
  answer_due_at: Date;
  answered_at: Date | null;
  refused_at: Date | null;
  ruling: string | null;
  arrive_due_at: Date;
  arrived_at: Date | null;
  part_due_at: Date | null;
  done_at: Date | null;
  timeliness: string | null;
  result: string | null;
  justified: boolean | null;
  needed: boolean | null;
}

export interface LedgerAuditBatch {
  tenant_id: number;
  id: string;
  first_at: Date;
  last_at: Date;
  entry_ids: string[];
  entry_hashes: Buffer;
  removed_at: Date | null;
  removed_by: string | null;
}

export interface LedgerCheckpoint {
  tenant_id: number;
  size: number;
  at: Date;
  root: Buffer;
  key_id: string;
  note: string;
}

export interface LedgerLeaf {
  tenant_id: number;
  leaf_index: number;
  kind: string;
  subject_id: string;
  version: number;
  head: Buffer;
  hash: Buffer;
}

export interface LedgerLog {
  tenant_id: number;
  size: number;
  swept_to: string;
  swept_once: boolean;
}

export interface LedgerMoved {
  tenant_id: number;
  case_id: string;
}

export interface LedgerNode {
  tenant_id: number;
  level: number;
  node_index: number;
  hash: Buffer;
}

export interface MessagesDelivery {
  tenant_id: number;
  id: string;
  case_id: string;
  recipient_kind: string;
  recipient_id: string;
  channel: string;
  notice: string;
  params: JsonColumn;
  bundled: number;
  state: string;
  attempts: number;
  created_at: Date;
  run_at: Date;
  ended_at: Date | null;
  error: string | null;
}

export interface MessagesInboxItem {
  tenant_id: number;
  id: string;
  user_id: string;
  case_id: string;
  notice: string;
  params: JsonColumn;
  bundled: number;
  first_at: Date;
  at: Date;
  read_at: Date | null;
}

export interface MessagesTemplate {
  tenant_id: number;
  notice: string;
  locale: string;
  valid_from: Date;
  subject: string;
  body: string;
  set_by: string;
}

export interface OpenTrackingTry {
  tenant_id: number;
  id: string;
  number_key: string;
  address_key: string;
  at: Date;
  outcome: string;
}

export interface OrganisationsFormerName {
  tenant_id: number;
  organisation_id: string;
  version: number;
  name: string;
  name_en: string;
  short_name: string;
  until_date: string;
}

export interface OrganisationsKind {
  tenant_id: number;
  kind: string;
  name_zh: string;
  name_en: string;
  levels: string[];
  station: Generated<boolean>;
  position: number;
}

export interface OrganisationsOrganisation {
  tenant_id: number;
  id: string;
  kind: string;
  level: string;
  name: string;
  name_en: string;
  short_name: string;
  area_code: string;
  line_superior_id: string | null;
  directing_body_id: string | null;
  phone: string | null;
  complaint_phone: string | null;
  external: Generated<boolean>;
  valid_from: string;
  valid_to: string | null;
  successor_id: string | null;
  version: Generated<number>;
}

export interface OrganisationsPerson {
  tenant_id: number;
  user_id: string;
  name: string;
  name_en: Generated<string>;
  phone: string | null;
}

export interface OrganisationsPost {
  tenant_id: number;
  id: string;
  user_id: string;
  organisation_id: string;
  role: string;
  grid_role: string | null;
  title_zh: Generated<string>;
  title_en: Generated<string>;
  scope: string[];
  area_set_id: string | null;
  lanes: string[] | null;
  valid_from: string;
  valid_to: string | null;
  created_at: Date;
  created_by: string;
  ended_at: Date | null;
  ended_by: string | null;
  end_reason: string | null;
}

export interface PlatformAuditEntry {
  tenant_id: number;
  id: string;
  at: Date;
  actor_id: string;
  actor_kind: string;
  post_id: string | null;
  action: string;
  target_kind: string;
  target_id: string;
  result: string;
  address: string | null;
  details: JsonColumnWithDefault;
}

export interface PlatformBackupRun {
  tenant_id: number;
  id: string;
  started_at: Date;
  finished_at: Date;
  result: string;
  file: string | null;
  bytes: number | null;
  problem: string | null;
}

export interface PlatformDataKey {
  tenant_id: number;
  version: number;
  wrapped: Buffer;
  created_at: Date;
  retired_at: Date | null;
  purpose: Generated<string>;
  digest: Generated<string>;
  active_from: Generated<Date>;
}

export interface PlatformDataVersion {
  tenant_id: number;
  part: string;
  version: number;
}

export interface PlatformFile {
  tenant_id: number;
  id: string;
  sha256: string | null;
  salt: Buffer | null;
  commitment: string;
  size: number;
  type: string;
  width: number | null;
  height: number | null;
  name: Buffer | null;
  position: Buffer | null;
  created_at: Date;
  created_by: string;
  created_kind: string;
  owner_kind: string | null;
  owner_id: string | null;
  released_key: string | null;
  released_at: Date | null;
  released_by: string | null;
  erased_at: Date | null;
  erasure_order: string | null;
}

export interface PlatformIdempotency {
  tenant_id: number;
  actor_key: string;
  key: string;
  route: string;
  request_hash: Buffer;
  status: number | null;
  answer: Buffer | null;
  created_at: Date;
}

export interface PlatformJob {
  tenant_id: number;
  name: string;
  taken_until: Date | null;
  taken_by: string | null;
  done_at: Date | null;
}

export interface PlatformMailbox {
  tenant_id: number;
  id: string;
  at: Date;
  channel: string;
  recipient: string;
  subject: string;
  body: string;
}

export interface PlatformOutbox {
  tenant_id: number;
  id: string;
  position: GeneratedAlways<number>;
  kind: string;
  subject: string;
  at: Date;
  payload: JsonColumnWithDefault;
  routed: Generated<boolean>;
}

export interface PlatformOutboxDelivery {
  tenant_id: number;
  consumer: string;
  subject: string;
  position: number;
  event_id: string;
  run_at: Date;
  attempts: Generated<number>;
  last_error: string | null;
  failed_at: Date | null;
}

export interface PlatformReseal {
  tenant_id: number;
  target: string;
  table_name: string | null;
  position: NullableJsonColumn;
  done: Generated<number>;
  started_at: Date;
  updated_at: Date;
  finished_at: Date | null;
}

export interface PlatformSetting {
  tenant_id: number;
  key: string;
  valid_from: Date;
  valid_to: Date | null;
  value: JsonColumn;
}

export interface PlatformTimer {
  tenant_id: number;
  subject: string;
  kind: string;
  name: Generated<string>;
  due_at: Date;
  payload: JsonColumnWithDefault;
  run_at: Date;
  attempts: Generated<number>;
  last_error: string | null;
}

export interface PrivacyAffectedList {
  tenant_id: number;
  id: string;
  from_at: Date;
  to_at: Date;
  account: string | null;
  address: string | null;
  reason: Buffer;
  cases: number;
  asked_by: string;
  at: Date;
}

export interface PrivacyConsent {
  tenant_id: number;
  case_id: string;
  purpose: string;
  notice_version: number | null;
  given_at: Date;
  withdrawn_at: Date | null;
}

export interface PrivacyErasure {
  tenant_id: number;
  id: string;
  case_id: string;
  what: string;
  order_ref: string;
  at: Date;
  erased_by: string;
}

export interface PrivacyNotice {
  tenant_id: number;
  version: number;
  valid_from: Date;
  parts: JsonColumn;
  made_by: string;
}

export interface PrivacyNoticeShown {
  tenant_id: number;
  case_id: string;
  version: number;
  at: Date;
}

export interface PrivacyPersonRequest {
  tenant_id: number;
  id: string;
  case_id: string;
  kind: string;
  asked: Buffer;
  state: string;
  created_at: Date;
  due_at: Date;
  decided_at: Date | null;
  decided_by: string | null;
  answer: Buffer | null;
}

export interface PrivacyRetentionRule {
  tenant_id: number;
  id: string;
  class_prefix: string;
  identity_months: number;
  content_months: number | null;
  basis: string;
  valid_from: Date;
  valid_to: Date | null;
  made_by: string;
}

export interface RequestersPhoneCode {
  tenant_id: number;
  id: string;
  phone_index: string;
  address_index: string;
  code_mac: Buffer;
  tries: number;
  created_at: Date;
  expires_at: Date;
  used_at: Date | null;
}

export interface RequestersRequester {
  tenant_id: number;
  id: string;
  name: Buffer | null;
  phone: Buffer | null;
  mail: Buffer | null;
  phone_index: string | null;
  phone_ending_index: string | null;
  salt: Buffer | null;
  key_version: number;
  locale: string;
  created_at: Date;
  erased_at: Date | null;
  erased_by: string | null;
  erasure_order: string | null;
}

export interface RequestersResidentSession {
  tenant_id: number;
  token_hash: Buffer;
  phone_index: string;
  phone: Buffer;
  created_at: Date;
  expires_at: Date;
}

export interface RequestersUnmasking {
  tenant_id: number;
  id: string;
  requester_id: string;
  officer_id: string;
  reason: Buffer;
  at: Date;
  organisation_id: string | null;
  kind: Generated<string>;
}

export interface StatisticsCell {
  tenant_id: number;
  dimension: string;
  area_code: string;
  span: string;
  day: string;
  value: string;
  restricted: boolean;
  state_registered: number | null;
  state_rejected: number | null;
  state_referred: number | null;
  state_merged: number | null;
  state_dispatched: number | null;
  state_accepted: number | null;
  state_objected: number | null;
  state_adjudicating: number | null;
  state_in_progress: number | null;
  state_extension_requested: number | null;
  state_shelved: number | null;
  state_reported_done: number | null;
  state_verifying: number | null;
  state_call_back: number | null;
  state_closed: number | null;
  state_returned: number | null;
  state_withdrawn: number | null;
  state_voided: number | null;
  state_reopened: number | null;
  contact_in_time: number | null;
  contact_late: number | null;
  closing_all: number | null;
  closing_in_time: number | null;
  closing_late: number | null;
  call_back_solved: number | null;
  call_back_partly: number | null;
  call_back_unsolved: number | null;
  call_back_satisfied: number | null;
  call_back_basically: number | null;
  call_back_unsatisfied: number | null;
  call_back_declined: number | null;
  call_back_unreachable: number | null;
  call_back_lapsed: number | null;
}

export interface StatisticsContribution {
  tenant_id: number;
  case_id: string;
  area_code: string;
  class_code: string;
  channel: string;
  lane: string;
  restricted: boolean;
  days: string[];
  measures: string[];
  organisations: string[];
  last_day: string;
}

export interface StatisticsProgress {
  tenant_id: number;
  counted_to: string | null;
  counted: Generated<number>;
  counted_at: Date | null;
  followed_at: Date | null;
  fine_from: string;
}

export interface StatisticsRecount {
  tenant_id: number;
  id: string;
  day: string | null;
  began_at: Date;
  ended_at: Date | null;
  cases: Generated<number>;
  cases_mended: Generated<number>;
  cells_mended: Generated<number>;
}

export interface SupervisionLeaderCase {
  tenant_id: number;
  id: string;
  case_id: string;
  leader_id: string;
  post_id: string;
  organisation_id: string;
  taken_at: Date;
  aim: string;
  due_on: string;
  report_every_days: number;
  next_report_on: string;
  ended_at: Date | null;
  result: string | null;
  outcome: string | null;
}

export interface SupervisionLeaderReport {
  tenant_id: number;
  leader_case_id: string;
  seq: number;
  at: Date;
  words: string;
}

export interface SupervisionOrderEvent {
  tenant_id: number;
  order_id: string;
  seq: number;
  kind: string;
  at: Date;
  actor_id: string;
  organisation_id: string | null;
  colour: string;
  ground: string | null;
  words: string | null;
  due_at: Date | null;
}

export interface SupervisionSupervisionOrder {
  tenant_id: number;
  id: string;
  version: number;
  matter: string;
  case_id: string;
  queue: string | null;
  area_code: string;
  lane: string | null;
  addressee_id: string;
  issuer_id: string | null;
  issued_by: string;
  reviewer_id: string;
  ground: string;
  triggers: string[];
  colour: string;
  state: string;
  demand: string | null;
  issued_at: Date;
  colour_since: Date;
  due_at: Date | null;
  lapsed: Generated<boolean>;
  answered_by: string | null;
  answered_at: Date | null;
  lift_asked_by: string | null;
  lift_reason: string | null;
  ended_at: Date | null;
}

export interface TriageModel {
  tenant_id: number;
  version: number;
  kind: string;
  made_at: Date;
  made_by: string;
  examples: number;
  confirmed: number;
  macro_f1: number | null;
  accuracy: number | null;
  seconds: number;
  digest: string;
  active: boolean;
}

export interface TriageOutcome {
  tenant_id: number;
  case_id: string;
  model_version: number | null;
  suggested_class: string | null;
  confidence: number | null;
  suggested_urgency: string;
  suggested_organisation_id: string | null;
  class_code: string | null;
  urgency: string | null;
  organisation_id: string | null;
  town_code: string;
  suggested_at: Date;
  decided_at: Date | null;
  corrected: Generated<boolean>;
}

export interface TriageTraining {
  tenant_id: number;
  id: string;
  asked_at: Date;
  asked_by: string;
  state: string;
  share: number;
  seen_at: Date;
  version: number | null;
}

export interface DB {
  'answers.template': AnswersTemplate;
  'areas.address': AreasAddress;
  'areas.area': AreasArea;
  'areas.area_set': AreasAreaSet;
  'areas.area_set_member': AreasAreaSetMember;
  'areas.boundary': AreasBoundary;
  'areas.import_report': AreasImportReport;
  'areas.jurisdiction': AreasJurisdiction;
  'areas.revision': AreasRevision;
  'areas.succession': AreasSuccession;
  'auth.account': AuthAccount;
  'auth.challenge': AuthChallenge;
  'auth.known_device': AuthKnownDevice;
  'auth.one_time_link': AuthOneTimeLink;
  'auth.passkey': AuthPasskey;
  'auth.recovery_code': AuthRecoveryCode;
  'auth.session': AuthSession;
  'auth.sign_in_try': AuthSignInTry;
  'auth.sso_identity': AuthSsoIdentity;
  'auth.totp': AuthTotp;
  'auth.user': AuthUser;
  'auth.verification': AuthVerification;
  'call_backs.attempt': Call_backsAttempt;
  'call_backs.entry': Call_backsEntry;
  'call_backs.script': Call_backsScript;
  'call_backs.tally': Call_backsTally;
  'cases.assist': CasesAssist;
  'cases.case_file': CasesCaseFile;
  'cases.case_text': CasesCaseText;
  'cases.event': CasesEvent;
  'cases.event_content': CasesEventContent;
  'cases.number_serial': CasesNumberSerial;
  'cases.public_release': CasesPublicRelease;
  'catalogue.calendar_exception': CatalogueCalendarException;
  'catalogue.catalogue_version': CatalogueCatalogueVersion;
  'catalogue.class': CatalogueClass;
  'catalogue.deadline': CatalogueDeadline;
  'catalogue.dispatch_entry': CatalogueDispatchEntry;
  'catalogue.setting': CatalogueSetting;
  'clusters.count': ClustersCount;
  'clusters.hot_issue': ClustersHotIssue;
  'clusters.hot_issue_member': ClustersHotIssueMember;
  'clusters.signature': ClustersSignature;
  'duty.call': DutyCall;
  'duty.kind': DutyKind;
  'duty.police_handover': DutyPoliceHandover;
  'duty.shift': DutyShift;
  'duty.team': DutyTeam;
  'duty.team_member': DutyTeamMember;
  'exclusions.exclusion': ExclusionsExclusion;
  'exclusions.ground': ExclusionsGround;
  'joint_handling.joint': Joint_handlingJoint;
  'joint_handling.member': Joint_handlingMember;
  'ledger.audit_batch': LedgerAuditBatch;
  'ledger.checkpoint': LedgerCheckpoint;
  'ledger.leaf': LedgerLeaf;
  'ledger.log': LedgerLog;
  'ledger.moved': LedgerMoved;
  'ledger.node': LedgerNode;
  'messages.delivery': MessagesDelivery;
  'messages.inbox_item': MessagesInboxItem;
  'messages.template': MessagesTemplate;
  'open.tracking_try': OpenTrackingTry;
  'organisations.former_name': OrganisationsFormerName;
  'organisations.kind': OrganisationsKind;
  'organisations.organisation': OrganisationsOrganisation;
  'organisations.person': OrganisationsPerson;
  'organisations.post': OrganisationsPost;
  'platform.audit_entry': PlatformAuditEntry;
  'platform.backup_run': PlatformBackupRun;
  'platform.data_key': PlatformDataKey;
  'platform.data_version': PlatformDataVersion;
  'platform.file': PlatformFile;
  'platform.idempotency': PlatformIdempotency;
  'platform.job': PlatformJob;
  'platform.mailbox': PlatformMailbox;
  'platform.outbox': PlatformOutbox;
  'platform.outbox_delivery': PlatformOutboxDelivery;
  'platform.reseal': PlatformReseal;
  'platform.setting': PlatformSetting;
  'platform.timer': PlatformTimer;
  'privacy.affected_list': PrivacyAffectedList;
  'privacy.consent': PrivacyConsent;
  'privacy.erasure': PrivacyErasure;
  'privacy.notice': PrivacyNotice;
  'privacy.notice_shown': PrivacyNoticeShown;
  'privacy.person_request': PrivacyPersonRequest;
  'privacy.retention_rule': PrivacyRetentionRule;
  'requesters.phone_code': RequestersPhoneCode;
  'requesters.requester': RequestersRequester;
  'requesters.resident_session': RequestersResidentSession;
  'requesters.unmasking': RequestersUnmasking;
  'statistics.cell': StatisticsCell;
  'statistics.contribution': StatisticsContribution;
  'statistics.progress': StatisticsProgress;
  'statistics.recount': StatisticsRecount;
  'supervision.leader_case': SupervisionLeaderCase;
  'supervision.leader_report': SupervisionLeaderReport;
  'supervision.order_event': SupervisionOrderEvent;
  'supervision.supervision_order': SupervisionSupervisionOrder;
  'triage.model': TriageModel;
  'triage.outcome': TriageOutcome;
  'triage.training': TriageTraining;
}
