/**
 * Why the rules refuse a step: code → HTTP status. 409: the case or somebody's earlier step stands against it; 403: it
 * is another's to do; 422: what was sent does not suffice.
 */
export const CASE_RULE_REFUSALS = {
  'cases.stale_version': 409,
  'cases.wrong_state': 409,
  'cases.not_your_part': 403,

  'cases.text_missing': 422,
  'cases.too_many_files': 422,
  'cases.files_missing': 422,
  'cases.photos_missing': 422,

  'cases.class_unknown': 422,
  'cases.class_closed': 422,
  'cases.area_closed': 422,
  'cases.place_outside': 422,
  'cases.in_future': 422,
  'cases.closed_before_opened': 422,
  'cases.nothing_to_correct': 422,
  'cases.centre_missing': 422,

  'cases.petition_route_only': 409,
  'cases.route_ended': 409,

  'cases.master_unknown': 422,
  'cases.master_not_open': 409,
  'cases.merge_into_itself': 422,
  'cases.has_duplicates': 409,
  'cases.master_still_open': 409,

  'cases.organisation_unknown': 422,
  'cases.organisation_closed': 422,
  'cases.not_on_list': 422,
  'cases.lead_is_assist': 422,
  'cases.override_reason_missing': 422,

  'cases.designated_no_objection': 409,
  'cases.objection_used': 409,
  'cases.objection_too_late': 409,
  'cases.adjudicator_not_independent': 403,
  'cases.redirect_to_same': 422,
  'cases.already_objected': 422,

  'cases.extension_too_late': 409,
  'cases.extensions_used_up': 409,
  'cases.extension_amount_wrong': 422,
  'cases.extension_decider_not_independent': 403,

  'cases.shelving_owner_missing': 422,
  'cases.shelving_dates_missing': 422,
  'cases.shelving_dates_wrong': 422,
  'cases.shelving_too_long': 422,

  'cases.verifier_not_independent': 403,
  'cases.verification_claimed': 409,
  'cases.verification_not_yours': 409,
  'cases.verification_photo_missing': 422,
  'cases.verification_place_missing': 422,
  'cases.verification_too_far': 422,
  'cases.verification_answer_missing': 422,
  'cases.result_contradicts_answer': 422,

  'cases.requester_not_contactable': 409,
  'cases.caller_not_independent': 403,
  'cases.not_verified_yet': 409,
  'cases.call_back_outstanding': 409,
  'cases.explanation_missing': 422,
  'cases.closer_not_independent': 403,

  'cases.already_rated': 409,
  'cases.rating_window_over': 409,
  'cases.imported_not_rated': 409,
  'cases.reopen_window_over': 409,

  'cases.class_not_settled_on_spot': 409,
  'cases.not_minor': 409,

  'cases.no_consent': 409,
  'cases.sealed_not_released': 409,
  'cases.place_not_coarse': 422,
  'cases.not_released': 409,

  'cases.not_late': 409,
} as const satisfies Readonly<Record<string, number>>;
export type CaseRefusalCode = keyof typeof CASE_RULE_REFUSALS;
