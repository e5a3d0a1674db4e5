-- An office that lets a deadline of an urgent call pass is called to account like one that is late in joint handling.
ALTER TABLE supervision.supervision_order DROP CONSTRAINT supervision_order_ground_check;
ALTER TABLE supervision.supervision_order ADD CONSTRAINT supervision_order_ground_check
  CHECK (ground IN ('near_due', 'late', 'not_accepted', 'sent_back', 'bad_rating', 'unresolved', 'shelving_over',
    'undecided', 'queue_waiting', 'joint_overdue', 'duty_overdue', 'by_hand'));
