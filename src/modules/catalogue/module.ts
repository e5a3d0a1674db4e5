import type { Module } from '../../platform/app.ts';
import type { Contract } from '../../platform/http/contract.ts';
import { registerReferenceCheck } from '../organisations/index.ts';
import * as contracts from './contract.ts';
import { readRoutes } from './routes.ts';
import { catalogueTexts } from './texts.ts';
import { refuseListed } from './write-entries.ts';
import { writeRoutes } from './write-routes.ts';

const all: readonly Contract[] = [
  contracts.listPublicClasses,
  contracts.matchPublicClasses,
  contracts.listClasses,
  contracts.readClass,
  contracts.createClass,
  contracts.changeClass,
  contracts.closeClass,
  contracts.setDeadline,
  contracts.listEntries,
  contracts.createEntry,
  contracts.endEntry,
  contracts.exportEntries,
  contracts.importEntries,
  contracts.readSuggestions,
  contracts.listSettings,
  contracts.changeSettings,
  contracts.readCalendar,
  contracts.addException,
  contracts.removeException,
];

const READ = ['catalogue.read'] as const;

export const catalogueModule: Module = {
  name: 'catalogue',
  texts: catalogueTexts,
  refusals: {
    'catalogue.in_past': 422,
    'catalogue.change_planned': 409,
    'catalogue.two_levels_only': 422,
    'catalogue.sealed_parent': 422,
    'catalogue.petition_parent': 422,
    'catalogue.code_taken': 409,
    'catalogue.class_unknown': 422,
    'catalogue.stale': 409,
    'catalogue.children_not_sealed': 409,
    'catalogue.has_children': 409,
    'catalogue.fallback_needed': 409,
    'catalogue.amount_range': 422,
    'catalogue.amount_whole_days': 422,
    'catalogue.default_needed': 422,
    'catalogue.inherits_already': 409,
    'catalogue.kind_unknown': 422,
    'catalogue.organisation_unknown': 422,
    'catalogue.organisation_listed': 409,
    'catalogue.lead_level': 422,
    'catalogue.area_unknown': 422,
    'catalogue.entry_overlaps': 409,
    'catalogue.number_taken': 409,
    'catalogue.entry_unknown': 404,
    'catalogue.entry_over': 409,
    'catalogue.csv_unreadable': 422,
    'catalogue.csv_columns': 422,
    'catalogue.csv_too_long': 422,
    'catalogue.row_level': 422,
    'catalogue.row_body': 422,
    'catalogue.row_basis': 422,
    'catalogue.row_number': 422,
    'catalogue.setting_range': 422,
    'catalogue.setting_general_only': 422,
    'catalogue.office_hours_order': 422,
    'catalogue.day_in_past': 422,
    'catalogue.day_taken': 409,
    'catalogue.day_needless': 409,
    'catalogue.day_unknown': 404,
  },
  // Rules are open to every officer: who is bound by a deadline may read it.
  grants: {
    grid_worker: READ,
    community_worker: READ,
    dispatcher: READ,
    handler: READ,
    verifier: READ,
    supervisor: READ,
    evaluator: READ,
    administrator: [...READ, 'catalogue.manage', 'catalogue.manage_dispatch_list'],
    auditor: READ,
  },
  contracts: all,
  routes: (app) => {
    registerReferenceCheck('catalogue.dispatch_list', refuseListed);
    return [...readRoutes(app), ...writeRoutes(app)];
  },
};
