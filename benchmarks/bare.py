"""The same rules by hand: no explanation, no validation, no unknowns, no dates. Written by ``write_bare.py``.

This is the yardstick: what a programmer would type who needs the decision alone and has every answer, in the values
Trellis takes. Needs, what they require joined per axis, the packages of lowest rank that cover it, now and next.
"""

# ruff: noqa: E501
# fmt: off
from __future__ import annotations

from typing import Any

# Each answer as a number, best first.
MENTAL_EATING_WEIGHT = {"not_low": 0, "low": 1, "very_low": 2}
MENTAL_EATING_WEIGHT_LOSS = {"no": 0, "steady": 1, "fast": 2}
MENTAL_EATING_PURGING = {"seldom": 0, "three_a_week": 1, "several_a_day": 2}
MENTAL_EATING_PULSE = {"from_50": 0, "under_50": 1}
ENGAGEMENT_READINESS = {"ready": 0, "unsure": 1, "not_now": 2}
ENGAGEMENT_ATTENDANCE = {"regular_or_not_started": 0, "falling": 1, "unable_after_tries": 2}
ENVIRONMENT_HOUSING = {"stable": 0, "unstable": 1, "homeless": 2}
ENVIRONMENT_HOME_USE = {"none": 0, "some": 1, "active": 2}
ENVIRONMENT_VIOLENCE = {"none": 0, "tension": 1, "violence": 2}
ENVIRONMENT_SUPPORT = {"reliable": 0, "some": 1, "none": 2}
FUNCTION_DAILY_LIVING = {"no_difficulty": 0, "some": 1, "with_support": 2, "serious": 3, "cannot_care_for_self": 4}
FUNCTION_STRUCTURE = {"a_week": 0, "several_days": 1, "daily": 2, "round_the_clock": 3}
HARM_DANGER_NOW = {"no": 0, "yes": 1}
HARM_SUICIDE_THOUGHTS = {"none": 0, "wish": 1, "thoughts": 2, "method": 3, "intent": 4, "plan": 5}
HARM_SUICIDE_THOUGHTS_NOW = {"none": 0, "wish": 1, "thoughts": 2, "method": 3, "intent": 4, "plan": 5}
HARM_SUICIDE_BEHAVIOUR = {"none": 0, "lifetime": 1, "past_year": 2, "past_3_months": 3, "past_week": 4, "past_day": 5}
HARM_ATTEMPT_FEATURES = {"no": 0, "yes": 1}
HARM_STAYS_SAFE = {"without_help": 0, "with_help": 1, "no": 2}
HARM_LETHAL_MEANS = {"none": 0, "secured": 1, "not_secured": 2}
HARM_SELF_INJURY = {"none": 0, "past": 1, "current": 2, "severe": 3}
HARM_SELF_NEGLECT = {"none": 0, "some": 1, "threatens_life": 2}
HARM_NOT_EATING = {"no": 0, "yes": 1}
HARM_HOPELESSNESS = {"no": 0, "yes": 1}
HARM_VIOLENCE = {"none": 0, "thoughts": 1, "threats": 2, "plan_or_target": 3, "violent_now": 4}
HARM_VIOLENCE_FROM_ILLNESS = {"no": 0, "yes": 1}
HARM_SUICIDE_EVALUATED = {"no_imminent_danger": 0, "not_since": 1, "imminent_danger": 2}
HARM_VIOLENCE_EVALUATED = {"no_imminent_danger": 0, "not_since": 1, "imminent_danger": 2}
HARM_EMERGENCY_EVALUATED = {"no_imminent_danger": 0, "not_since": 1, "imminent_danger": 2}
HISTORY_OUTPATIENT_NOT_ENOUGH = {"no": 0, "once": 1, "repeatedly": 2}
HISTORY_INTENSIVE_NOT_ENOUGH = {"no": 0, "once": 1, "repeatedly": 2}
HISTORY_ADMISSIONS = {"none": 0, "one": 1, "two_or_more": 2}
HISTORY_DISCHARGE = {"none": 0, "past_90_days": 1, "past_30_days": 2, "past_7_days": 3, "in_care_now": 4}
HISTORY_DISCHARGE_SUICIDE_RISK = {"no": 0, "yes": 1}
HISTORY_LEFT_EARLY = {"no": 0, "yes": 1}
HISTORY_RETURN_AFTER_DISCHARGE = {"never": 0, "once": 1, "repeatedly": 2}
HISTORY_CALM_ONLY_IN_SETTING = {"no": 0, "yes": 1}
JUSTICE_INVOLVEMENT = {"none": 0, "supervision": 1, "released": 2, "custody": 3}
JUSTICE_COURT_ORDER = {"no": 0, "yes": 1}
JUSTICE_REOFFENDING_RISK = {"low": 0, "moderate": 1, "high": 2}
MENTAL_DEPRESSION = {"none": 0, "mild": 1, "moderate": 2, "severe": 3}
MENTAL_MANIA = {"none": 0, "past_or_stable": 1, "hypomania": 2, "mania": 3, "mania_with_danger": 4}
MENTAL_PSYCHOSIS = {"none": 0, "past_from_a_cause": 1, "past_or_stable": 2, "acute": 3, "acute_with_danger": 4}
MENTAL_FIRST_EPISODE = {"no": 0, "yes": 1}
MENTAL_BABY_THOUGHTS = {"none": 0, "unwanted": 1, "harm": 2}
MENTAL_TRAUMA = {"none": 0, "symptoms": 1, "ptsd": 2, "destabilised": 3}
MENTAL_ANXIETY = {"none": 0, "mild": 1, "moderate": 2, "severe": 3}
MENTAL_EATING = {"none": 0, "symptoms": 1, "needs_meal_support": 2, "refuses_food": 3}
MENTAL_COGNITION = {"none": 0, "mild": 1, "moderate": 2, "severe": 3}
MENTAL_EMOTIONAL_CRISES = {"none": 0, "some": 1, "frequent": 2}
MENTAL_INSIGHT = {"full": 0, "partial": 1, "none": 2}
MENTAL_MEDICATION = {"taken_or_not_needed": 0, "not_started": 1, "doses_missed": 2, "stopped": 3, "refused": 4}
OVERDOSE_NOW = {"no": 0, "yes": 1}
OVERDOSE_RECENT = {"never": 0, "over_a_year": 1, "past_year": 2, "past_30_days": 3, "past_2_days": 4}
OVERDOSE_INTENTIONAL = {"no": 0, "unsure": 1, "yes": 2}
OVERDOSE_TOLERANCE_LOSS = {"no": 0, "within_4_weeks": 1, "within_2_weeks": 2}
PHYSICAL_EMERGENCY = {"no": 0, "yes": 1}
PHYSICAL_CONFUSION = {"no": 0, "yes": 1}
PHYSICAL_FALL = {"no": 0, "yes": 1}
PHYSICAL_RIGID_OR_MUTE = {"no": 0, "yes": 1}
PHYSICAL_MEDICINE_REACTION = {"no": 0, "yes": 1}
PHYSICAL_ILLNESS = {"none": 0, "stable": 1, "daily_nursing": 2, "nursing_24h": 3, "hospital": 4}
PHYSICAL_EATING_INSTABILITY = {"no": 0, "at_risk": 1, "yes": 2}
SCORE_SUICIDE_SCREEN = {"not_done": 0, "none": 1, "low": 2, "moderate": 3, "high": 4}
SCORE_DEPRESSION = {"not_done": 0, "minimal_or_mild": 1, "moderate": 2, "moderately_severe": 3, "severe": 4}
SCORE_ALCOHOL_WITHDRAWAL = {"not_done": 0, "mild": 1, "moderate": 2, "severe": 3}
SCORE_OPIOID_WITHDRAWAL = {"not_done": 0, "none_or_mild": 1, "moderate": 2, "severe": 3}
SCORE_VITAL_SIGNS = {"not_done": 0, "usual": 1, "far_outside": 2}
SCORE_ALCOHOL_USE = {"not_done": 0, "low": 1, "hazardous": 2, "harmful": 3, "possible_dependence": 4}
SCORE_MENTAL_HEALTH = {"not_done": 0, "none": 1, "raised": 2, "high": 3}
SCORE_DRUG_USE = {"not_done": 0, "low": 1, "moderate": 2, "high": 3}
SCORE_REOFFENDING = {"not_done": 0, "low": 1, "raised": 2}
USE_ALCOHOL = {"none": 0, "some": 1, "mild": 2, "moderate": 3, "severe": 4}
USE_OPIOIDS = {"none": 0, "some": 1, "mild": 2, "moderate": 3, "severe": 4}
USE_STIMULANTS = {"none": 0, "some": 1, "mild": 2, "moderate": 3, "severe": 4}
USE_SEDATIVES = {"none": 0, "some": 1, "mild": 2, "moderate": 3, "severe": 4}
USE_OTHER = {"none": 0, "some": 1, "mild": 2, "moderate": 3, "severe": 4}
USE_CRAVING = {"none": 0, "some": 1, "strong": 2, "overwhelming": 3}
USE_RETURN_LIKELY = {"unlikely": 0, "within_weeks": 1, "within_days": 2}
USE_RETURN_DANGER = {"low": 0, "serious": 1, "life_threatening": 2}
USE_UNSAFE_IN_COMMUNITY = {"no": 0, "before_treatment": 1, "yes": 2}
USE_INJECTION = {"no": 0, "yes": 1}
USE_FENTANYL = {"no": 0, "possible": 1, "yes": 2}
USE_OPIOID_MEDICATION = {"taken_or_not_needed": 0, "not_taken": 1, "stopped_recently": 2}
USE_GAMBLING = {"none": 0, "some_harm": 1, "severe": 2}
WITHDRAWAL_DANGER_SIGNS = {"no": 0, "yes": 1}
WITHDRAWAL_PAST_COMPLICATION = {"never": 0, "yes": 1}
WITHDRAWAL_ALCOHOL_INTAKE = {"not_daily": 0, "daily": 1, "daily_9_or_more": 2, "daily_17_or_more": 3}
WITHDRAWAL_ALCOHOL_WINDOW = {"closed": 0, "open": 1}
WITHDRAWAL_ALCOHOL_SIGNS = {"none": 0, "mild": 1, "moderate": 2, "severe": 3}
WITHDRAWAL_FAILED_AMBULATORY = {"none": 0, "once": 1, "twice_or_more": 2}
WITHDRAWAL_UNSETTLED = {"no": 0, "yes": 1}
WITHDRAWAL_SEDATIVES = {"none": 0, "regular": 1, "high_dose": 2, "very_high_dose": 3}
WITHDRAWAL_SEDATIVES_PLAN = {"as_prescribed": 0, "taper": 1, "not_as_prescribed": 2, "unsafe_outside": 3}
WITHDRAWAL_SEDATIVE_SIGNS = {"none": 0, "mild": 1, "moderate": 2, "severe": 3}
WITHDRAWAL_GHB_BARBITURATES = {"none": 0, "some": 1, "around_the_clock": 2}
WITHDRAWAL_OPIOID_SIGNS = {"none": 0, "mild": 1, "moderate": 2, "severe": 3}
WITHDRAWAL_OPIOID_UNSTABLE = {"no": 0, "yes": 1}
WITHDRAWAL_STIMULANT_STATE = {"none": 0, "crash": 1, "agitated": 2, "severe_complication": 3}
WITHDRAWAL_UNDER_16 = {"no": 0, "yes": 1}

# Focus, age, pregnancy of those whom a package admits, where it does not admit everybody.

# Rank, package, what it gives (supervision, medical, withdrawal, psychiatric, co_occurring, structure, housing), and whom it admits.
PACKAGES = [
    (1, "self_management", (0, 0, 0, 0, 0, 0, 0), None),
    (2, "self_management+recovery_residence", (0, 0, 0, 0, 0, 0, 1), None),
    (3, "outpatient", (1, 1, 1, 1, 1, 1, 0), None),
    (4, "outpatient+ambulatory_withdrawal", (1, 1, 2, 1, 1, 1, 0), None),
    (5, "outpatient+recovery_residence", (1, 1, 1, 1, 1, 1, 1), None),
    (6, "outpatient+recovery_residence+ambulatory_withdrawal", (1, 1, 2, 1, 1, 1, 1), None),
    (7, "iop", (2, 1, 1, 2, 1, 2, 0), None),
    (8, "iop+ambulatory_withdrawal", (2, 1, 2, 2, 1, 2, 0), None),
    (9, "iop+recovery_residence", (2, 1, 1, 2, 1, 2, 1), None),
    (10, "iop+recovery_residence+ambulatory_withdrawal", (2, 1, 2, 2, 1, 2, 1), None),
    (11, "php", (3, 2, 1, 3, 2, 3, 0), None),
    (12, "php+ambulatory_withdrawal", (3, 2, 2, 3, 2, 3, 0), None),
    (13, "php+recovery_residence", (3, 2, 1, 3, 2, 3, 1), None),
    (14, "php+recovery_residence+ambulatory_withdrawal", (3, 2, 2, 3, 2, 3, 1), None),
    (15, "residential_low", (4, 1, 1, 1, 1, 1, 2), None),
    (16, "residential_low+ambulatory_withdrawal", (4, 1, 2, 1, 1, 1, 2), None),
    (17, "residential_low+iop", (4, 1, 1, 2, 1, 2, 2), None),
    (18, "residential_low+iop+ambulatory_withdrawal", (4, 1, 2, 2, 1, 2, 2), None),
    (19, "residential_low+php", (4, 2, 1, 3, 2, 3, 2), None),
    (20, "residential_low+php+ambulatory_withdrawal", (4, 2, 2, 3, 2, 3, 2), None),
    (21, "residential_high", (5, 2, 3, 3, 2, 4, 2), None),
    (22, "medically_monitored", (6, 3, 4, 2, 1, 4, 2), None),
    (23, "inpatient_psychiatric", (7, 3, 4, 4, 2, 4, 2), None),
    (23, "hospital", (6, 4, 5, 3, 1, 4, 2), None),
    (24, "hospital+psychiatric_service", (7, 4, 5, 4, 2, 4, 2), None),
]


def fit(asked: tuple[int, ...], person: tuple[str, str, str]) -> list[str]:
    found: list[str] = []
    lowest = None
    for rank, name, gives, admits in PACKAGES:
        if lowest is not None and rank > lowest:
            break
        if admits is None or person in admits:
            for given, wanted in zip(gives, asked):  # noqa: B905
                if given < wanted:
                    break
            else:
                found.append(name)
                lowest = rank
    return found


def decide(answers: dict[str, Any]) -> tuple[list[str], list[str], list[str]]:
    focus = answers["focus"]
    age = answers["age"]
    pregnancy = answers["pregnancy"]
    mental_eating_weight = MENTAL_EATING_WEIGHT[answers["mental.eating_weight"]]
    mental_eating_weight_loss = MENTAL_EATING_WEIGHT_LOSS[answers["mental.eating_weight_loss"]]
    mental_eating_purging = MENTAL_EATING_PURGING[answers["mental.eating_purging"]]
    mental_eating_pulse = MENTAL_EATING_PULSE[answers["mental.eating_pulse"]]
    engagement_readiness = ENGAGEMENT_READINESS[answers["engagement.readiness"]]
    engagement_attendance = ENGAGEMENT_ATTENDANCE[answers["engagement.attendance"]]
    environment_housing = ENVIRONMENT_HOUSING[answers["environment.housing"]]
    environment_home_use = ENVIRONMENT_HOME_USE[answers["environment.home_use"]]
    environment_violence = ENVIRONMENT_VIOLENCE[answers["environment.violence"]]
    environment_support = ENVIRONMENT_SUPPORT[answers["environment.support"]]
    function_daily_living = FUNCTION_DAILY_LIVING[answers["function.daily_living"]]
    function_structure = FUNCTION_STRUCTURE[answers["function.structure"]]
    harm_danger_now = HARM_DANGER_NOW[answers["harm.danger_now"]]
    harm_suicide_thoughts = HARM_SUICIDE_THOUGHTS[answers["harm.suicide_thoughts"]]
    harm_suicide_thoughts_now = HARM_SUICIDE_THOUGHTS_NOW[answers["harm.suicide_thoughts_now"]]
    harm_suicide_behaviour = HARM_SUICIDE_BEHAVIOUR[answers["harm.suicide_behaviour"]]
    harm_attempt_features = HARM_ATTEMPT_FEATURES[answers["harm.attempt_features"]]
    harm_stays_safe = HARM_STAYS_SAFE[answers["harm.stays_safe"]]
    harm_lethal_means = HARM_LETHAL_MEANS[answers["harm.lethal_means"]]
    harm_self_injury = HARM_SELF_INJURY[answers["harm.self_injury"]]
    harm_self_neglect = HARM_SELF_NEGLECT[answers["harm.self_neglect"]]
    harm_not_eating = HARM_NOT_EATING[answers["harm.not_eating"]]
    harm_hopelessness = HARM_HOPELESSNESS[answers["harm.hopelessness"]]
    harm_violence = HARM_VIOLENCE[answers["harm.violence"]]
    harm_violence_from_illness = HARM_VIOLENCE_FROM_ILLNESS[answers["harm.violence_from_illness"]]
    harm_suicide_evaluated = HARM_SUICIDE_EVALUATED[answers.get("harm.suicide_evaluated", "not_since")]
    harm_violence_evaluated = HARM_VIOLENCE_EVALUATED[answers.get("harm.violence_evaluated", "not_since")]
    harm_emergency_evaluated = HARM_EMERGENCY_EVALUATED[answers.get("harm.emergency_evaluated", "not_since")]
    history_outpatient_not_enough = HISTORY_OUTPATIENT_NOT_ENOUGH[answers["history.outpatient_not_enough"]]
    history_intensive_not_enough = HISTORY_INTENSIVE_NOT_ENOUGH[answers["history.intensive_not_enough"]]
    history_admissions = HISTORY_ADMISSIONS[answers["history.admissions"]]
    history_discharge = HISTORY_DISCHARGE[answers["history.discharge"]]
    history_discharge_suicide_risk = HISTORY_DISCHARGE_SUICIDE_RISK[answers["history.discharge_suicide_risk"]]
    history_left_early = HISTORY_LEFT_EARLY[answers["history.left_early"]]
    history_return_after_discharge = HISTORY_RETURN_AFTER_DISCHARGE[answers["history.return_after_discharge"]]
    history_calm_only_in_setting = HISTORY_CALM_ONLY_IN_SETTING[answers["history.calm_only_in_setting"]]
    justice_involvement = JUSTICE_INVOLVEMENT[answers["justice.involvement"]]
    justice_court_order = JUSTICE_COURT_ORDER[answers["justice.court_order"]]
    justice_reoffending_risk = JUSTICE_REOFFENDING_RISK[answers["justice.reoffending_risk"]]
    mental_depression = MENTAL_DEPRESSION[answers["mental.depression"]]
    mental_mania = MENTAL_MANIA[answers["mental.mania"]]
    mental_psychosis = MENTAL_PSYCHOSIS[answers["mental.psychosis"]]
    mental_first_episode = MENTAL_FIRST_EPISODE[answers["mental.first_episode"]]
    mental_baby_thoughts = MENTAL_BABY_THOUGHTS[answers.get("mental.baby_thoughts", "none")]
    mental_trauma = MENTAL_TRAUMA[answers["mental.trauma"]]
    mental_anxiety = MENTAL_ANXIETY[answers["mental.anxiety"]]
    mental_eating = MENTAL_EATING[answers["mental.eating"]]
    mental_cognition = MENTAL_COGNITION[answers["mental.cognition"]]
    mental_emotional_crises = MENTAL_EMOTIONAL_CRISES[answers["mental.emotional_crises"]]
    mental_insight = MENTAL_INSIGHT[answers["mental.insight"]]
    mental_medication = MENTAL_MEDICATION[answers["mental.medication"]]
    overdose_now = OVERDOSE_NOW[answers["overdose.now"]]
    overdose_recent = OVERDOSE_RECENT[answers["overdose.recent"]]
    overdose_intentional = OVERDOSE_INTENTIONAL[answers["overdose.intentional"]]
    overdose_tolerance_loss = OVERDOSE_TOLERANCE_LOSS[answers["overdose.tolerance_loss"]]
    physical_emergency = PHYSICAL_EMERGENCY[answers["physical.emergency"]]
    physical_confusion = PHYSICAL_CONFUSION[answers["physical.confusion"]]
    physical_fall = PHYSICAL_FALL[answers["physical.fall"]]
    physical_rigid_or_mute = PHYSICAL_RIGID_OR_MUTE[answers["physical.rigid_or_mute"]]
    physical_medicine_reaction = PHYSICAL_MEDICINE_REACTION[answers["physical.medicine_reaction"]]
    physical_illness = PHYSICAL_ILLNESS[answers["physical.illness"]]
    physical_eating_instability = PHYSICAL_EATING_INSTABILITY[answers["physical.eating_instability"]]
    score_suicide_screen = SCORE_SUICIDE_SCREEN[answers["score.suicide_screen"]]
    score_depression = SCORE_DEPRESSION[answers["score.depression"]]
    score_alcohol_withdrawal = SCORE_ALCOHOL_WITHDRAWAL[answers["score.alcohol_withdrawal"]]
    score_opioid_withdrawal = SCORE_OPIOID_WITHDRAWAL[answers["score.opioid_withdrawal"]]
    score_vital_signs = SCORE_VITAL_SIGNS[answers["score.vital_signs"]]
    score_alcohol_use = SCORE_ALCOHOL_USE[answers.get("score.alcohol_use", "not_done")]
    score_mental_health = SCORE_MENTAL_HEALTH[answers["score.mental_health"]]
    score_drug_use = SCORE_DRUG_USE[answers.get("score.drug_use", "not_done")]
    score_reoffending = SCORE_REOFFENDING[answers["score.reoffending"]]
    use_alcohol = USE_ALCOHOL[answers.get("use.alcohol", "none")]
    use_opioids = USE_OPIOIDS[answers.get("use.opioids", "none")]
    use_stimulants = USE_STIMULANTS[answers.get("use.stimulants", "none")]
    use_sedatives = USE_SEDATIVES[answers.get("use.sedatives", "none")]
    use_other = USE_OTHER[answers.get("use.other", "none")]
    use_craving = USE_CRAVING[answers.get("use.craving", "none")]
    use_return_likely = USE_RETURN_LIKELY[answers.get("use.return_likely", "unlikely")]
    use_return_danger = USE_RETURN_DANGER[answers.get("use.return_danger", "low")]
    use_unsafe_in_community = USE_UNSAFE_IN_COMMUNITY[answers.get("use.unsafe_in_community", "no")]
    use_injection = USE_INJECTION[answers.get("use.injection", "no")]
    use_fentanyl = USE_FENTANYL[answers.get("use.fentanyl", "no")]
    use_opioid_medication = USE_OPIOID_MEDICATION[answers.get("use.opioid_medication", "taken_or_not_needed")]
    use_gambling = USE_GAMBLING[answers["use.gambling"]]
    withdrawal_danger_signs = WITHDRAWAL_DANGER_SIGNS[answers["withdrawal.danger_signs"]]
    withdrawal_past_complication = WITHDRAWAL_PAST_COMPLICATION[answers["withdrawal.past_complication"]]
    withdrawal_alcohol_intake = WITHDRAWAL_ALCOHOL_INTAKE[answers["withdrawal.alcohol_intake"]]
    withdrawal_alcohol_window = WITHDRAWAL_ALCOHOL_WINDOW[answers["withdrawal.alcohol_window"]]
    withdrawal_alcohol_signs = WITHDRAWAL_ALCOHOL_SIGNS[answers["withdrawal.alcohol_signs"]]
    withdrawal_failed_ambulatory = WITHDRAWAL_FAILED_AMBULATORY[answers["withdrawal.failed_ambulatory"]]
    withdrawal_unsettled = WITHDRAWAL_UNSETTLED[answers["withdrawal.unsettled"]]
    withdrawal_sedatives = WITHDRAWAL_SEDATIVES[answers["withdrawal.sedatives"]]
    withdrawal_sedatives_plan = WITHDRAWAL_SEDATIVES_PLAN[answers["withdrawal.sedatives_plan"]]
    withdrawal_sedative_signs = WITHDRAWAL_SEDATIVE_SIGNS[answers["withdrawal.sedative_signs"]]
    withdrawal_ghb_barbiturates = WITHDRAWAL_GHB_BARBITURATES[answers["withdrawal.ghb_barbiturates"]]
    withdrawal_opioid_signs = WITHDRAWAL_OPIOID_SIGNS[answers["withdrawal.opioid_signs"]]
    withdrawal_opioid_unstable = WITHDRAWAL_OPIOID_UNSTABLE[answers["withdrawal.opioid_unstable"]]
    withdrawal_stimulant_state = WITHDRAWAL_STIMULANT_STATE[answers["withdrawal.stimulant_state"]]
    withdrawal_under_16 = WITHDRAWAL_UNDER_16[answers.get("withdrawal.under_16", "no")]
    active = []
    ongoing_supervision = ongoing_medical = ongoing_withdrawal = ongoing_psychiatric = ongoing_co_occurring = ongoing_structure = ongoing_housing = 0
    now_supervision = now_medical = now_withdrawal = now_psychiatric = now_co_occurring = now_structure = now_housing = 0
    next_supervision = next_medical = next_withdrawal = next_psychiatric = next_co_occurring = next_structure = next_housing = 0
    if (mental_eating >= 1 or physical_eating_instability >= 1):
        active.append("eating-problem")
        if ongoing_supervision < 1:
            ongoing_supervision = 1
        if ongoing_structure < 1:
            ongoing_structure = 1
    if (mental_eating_weight_loss >= 1 or mental_eating_purging >= 1):
        active.append("eating-losing-or-purging")
        if now_supervision < 1:
            now_supervision = 1
        if now_medical < 1:
            now_medical = 1
        if now_structure < 1:
            now_structure = 1
    if (physical_eating_instability >= 1 or mental_eating_weight >= 1 or mental_eating_weight_loss == 2):
        active.append("eating-at-risk")
        if now_supervision < 1:
            now_supervision = 1
        if now_medical < 1:
            now_medical = 1
        if now_psychiatric < 1:
            now_psychiatric = 1
        if now_structure < 1:
            now_structure = 1
    if mental_eating_weight >= 1 and (physical_eating_instability >= 1 or mental_eating_weight_loss >= 1 or mental_eating_purging >= 1):
        active.append("eating-high-risk-first-look")
    if mental_eating_weight >= 1 and (physical_eating_instability >= 1 or mental_eating_weight_loss >= 1 or mental_eating_purging >= 1):
        active.append("eating-low-weight-with-signs")
        if now_supervision < 3:
            now_supervision = 3
        if now_medical < 2:
            now_medical = 2
        if now_psychiatric < 2:
            now_psychiatric = 2
        if now_structure < 3:
            now_structure = 3
    if (mental_eating_purging == 2 or (mental_eating_purging >= 1 and physical_eating_instability >= 1)):
        active.append("eating-purging-often")
        if now_supervision < 1:
            now_supervision = 1
        if now_medical < 1:
            now_medical = 1
        if now_psychiatric < 1:
            now_psychiatric = 1
        if now_structure < 1:
            now_structure = 1
    if mental_eating >= 2:
        active.append("eating-needs-meal-support")
        if ongoing_supervision < 3:
            ongoing_supervision = 3
        if ongoing_medical < 2:
            ongoing_medical = 2
        if ongoing_structure < 3:
            ongoing_structure = 3
    if (mental_eating == 3 or (mental_eating >= 1 and harm_not_eating == 1)):
        active.append("eating-refuses-food")
        if now_medical < 4:
            now_medical = 4
        if now_psychiatric < 3:
            now_psychiatric = 3
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if (physical_eating_instability == 2 or mental_eating_weight == 2):
        active.append("eating-disorder-unstable")
        if now_medical < 4:
            now_medical = 4
        if now_psychiatric < 3:
            now_psychiatric = 3
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if age == "adolescent" and mental_eating_pulse == 1:
        active.append("eating-slow-pulse-adolescent")
        if now_medical < 4:
            now_medical = 4
        if now_psychiatric < 3:
            now_psychiatric = 3
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if harm_not_eating == 1:
        active.append("not-eating-or-drinking")
    if harm_not_eating == 1 and (mental_depression == 3 or mental_mania >= 3 or mental_psychosis >= 3):
        active.append("not-eating-from-illness")
        if now_supervision < 6:
            now_supervision = 6
        if now_medical < 3:
            now_medical = 3
        if now_psychiatric < 4:
            now_psychiatric = 4
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if physical_rigid_or_mute == 1 and (mental_depression >= 2 or mental_mania >= 2 or mental_psychosis >= 2 or harm_self_neglect >= 1):
        active.append("rigid-or-mute-with-illness")
        if now_medical < 4:
            now_medical = 4
        if now_psychiatric < 3:
            now_psychiatric = 3
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if (use_alcohol >= 3 or use_opioids >= 3 or use_stimulants >= 3 or use_sedatives >= 3 or use_other >= 3) and (environment_housing == 2 or (environment_home_use == 2 and (use_alcohol == 4 or use_opioids == 4 or use_stimulants == 4 or use_sedatives == 4 or use_other == 4 or function_structure >= 1 or history_outpatient_not_enough >= 1 or history_intensive_not_enough >= 1 or history_discharge >= 2 or history_return_after_discharge >= 1))):
        active.append("home-undermines-recovery")
        if ongoing_housing < 1:
            ongoing_housing = 1
    if (use_alcohol >= 3 or use_opioids >= 3 or use_stimulants >= 3 or use_sedatives >= 3 or use_other >= 3) and environment_home_use == 2:
        active.append("home-with-use")
    if environment_housing == 2:
        active.append("no-home")
        if ongoing_housing < 1:
            ongoing_housing = 1
    if environment_housing == 2 and use_alcohol == 4 and (physical_illness >= 2 or mental_cognition >= 2 or mental_psychosis >= 2):
        active.append("homeless-with-severe-alcohol-use")
        if ongoing_supervision < 4:
            ongoing_supervision = 4
        if ongoing_structure < 3:
            ongoing_structure = 3
        if ongoing_housing < 2:
            ongoing_housing = 2
    if environment_violence == 2:
        active.append("violence-at-home")
        if ongoing_supervision < 1:
            ongoing_supervision = 1
    if environment_violence >= 1:
        active.append("control-or-fear-at-home")
    if age == "adolescent" and environment_violence == 2:
        active.append("child-hurt-at-home")
        if ongoing_supervision < 1:
            ongoing_supervision = 1
        if ongoing_structure < 1:
            ongoing_structure = 1
    if environment_violence == 2 and mental_cognition >= 2:
        active.append("adult-at-risk-hurt-at-home")
    if justice_involvement >= 2:
        active.append("in-custody")
    if environment_housing >= 1:
        active.append("housing-help")
    if age == "adolescent" and (use_alcohol >= 2 or use_opioids >= 2 or use_stimulants >= 2 or use_sedatives >= 2 or use_other >= 2 or mental_depression >= 2 or mental_anxiety >= 2 or mental_eating >= 1 or mental_psychosis >= 2 or mental_mania >= 2 or harm_self_injury >= 2 or withdrawal_alcohol_signs >= 1 or withdrawal_opioid_signs >= 1):
        active.append("family-work-for-adolescents")
    if age in ("adult", "older_adult") and (mental_psychosis >= 2 or mental_mania >= 1 or mental_eating >= 1 or mental_cognition >= 2 or use_alcohol >= 3 or use_gambling >= 1):
        active.append("family-work-for-adults")
    if (harm_danger_now == 1 or harm_emergency_evaluated == 2):
        active.append("danger-now")
    if (harm_suicide_evaluated == 2 or harm_suicide_thoughts_now >= 4 or harm_stays_safe == 2 or (harm_suicide_evaluated >= 1 and (harm_suicide_thoughts >= 4 or harm_suicide_behaviour >= 3 or (overdose_recent >= 3 and overdose_intentional >= 1)))):
        active.append("suicide-danger")
    if ((harm_suicide_thoughts >= 4 and harm_stays_safe == 2) or (harm_stays_safe >= 1 and (harm_suicide_thoughts_now >= 4 or (harm_suicide_evaluated >= 1 and harm_suicide_thoughts >= 4)))):
        active.append("suicide-cannot-stay-safe")
        if now_supervision < 7:
            now_supervision = 7
        if now_psychiatric < 4:
            now_psychiatric = 4
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if harm_suicide_evaluated == 2:
        active.append("suicide-danger-found")
        if now_supervision < 7:
            now_supervision = 7
        if now_psychiatric < 4:
            now_psychiatric = 4
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if harm_lethal_means == 2 and (harm_suicide_thoughts_now == 5 or (harm_suicide_evaluated >= 1 and harm_suicide_thoughts == 5)):
        active.append("suicide-plan-unprotected")
        if now_supervision < 6:
            now_supervision = 6
        if now_psychiatric < 4:
            now_psychiatric = 4
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if harm_suicide_evaluated >= 1 and (harm_suicide_behaviour == 5 or (overdose_recent == 4 and overdose_intentional == 2) or (harm_suicide_behaviour >= 4 and (harm_attempt_features == 1 or mental_psychosis >= 3))):
        active.append("suicide-attempt-danger-continues")
        if now_supervision < 6:
            now_supervision = 6
        if now_psychiatric < 4:
            now_psychiatric = 4
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if (harm_suicide_evaluated == 2 or harm_suicide_thoughts_now >= 4 or (harm_suicide_evaluated >= 1 and harm_suicide_thoughts >= 4) or harm_suicide_behaviour >= 4 or (harm_suicide_thoughts >= 4 and harm_stays_safe >= 1) or (harm_suicide_thoughts >= 2 and harm_stays_safe == 2)):
        active.append("suicide-risk-daily-care")
        if now_supervision < 3:
            now_supervision = 3
        if now_psychiatric < 3:
            now_psychiatric = 3
        if now_structure < 3:
            now_structure = 3
    if (harm_suicide_thoughts >= 3 or harm_suicide_behaviour >= 3):
        active.append("suicide-risk-frequent-care")
        if now_supervision < 2:
            now_supervision = 2
        if now_psychiatric < 2:
            now_psychiatric = 2
        if now_structure < 2:
            now_structure = 2
    if ((harm_suicide_evaluated >= 1 and harm_suicide_thoughts >= 3) or harm_suicide_thoughts_now >= 3 or (harm_suicide_behaviour >= 3 and harm_suicide_thoughts_now >= 2)):
        active.append("suicide-not-yet-evaluated")
    if ((harm_suicide_evaluated >= 1 and harm_suicide_thoughts >= 2) or harm_suicide_thoughts_now >= 2):
        active.append("suicide-thoughts-to-be-assessed")
    if harm_suicide_thoughts >= 2 and ((harm_suicide_behaviour >= 1) + (harm_lethal_means == 2) + (harm_hopelessness == 1) + (environment_support == 2) + (use_alcohol >= 3 or use_opioids >= 3 or use_stimulants >= 3 or use_sedatives >= 3) + (mental_medication >= 3) + (withdrawal_stimulant_state >= 1) >= 2):
        active.append("suicide-thoughts-with-risk-factors")
        if now_supervision < 2:
            now_supervision = 2
        if now_psychiatric < 2:
            now_psychiatric = 2
        if now_structure < 2:
            now_structure = 2
    if harm_suicide_thoughts >= 2 and harm_stays_safe >= 1:
        active.append("suicide-thoughts-safe-only-with-help")
        if now_supervision < 2:
            now_supervision = 2
        if now_psychiatric < 2:
            now_psychiatric = 2
        if now_structure < 2:
            now_structure = 2
    if harm_suicide_thoughts >= 2 and harm_lethal_means == 2:
        active.append("suicide-means-not-secured")
    if harm_suicide_thoughts >= 1 and harm_lethal_means == 2:
        active.append("wish-to-be-dead-means-not-secured")
    if (harm_suicide_evaluated >= 1 or harm_suicide_thoughts_now >= 2) and harm_suicide_thoughts >= 1 and ((harm_suicide_behaviour >= 1) + (harm_lethal_means == 2) + (harm_hopelessness == 1) + (environment_support == 2) + (use_alcohol >= 3 or use_opioids >= 3 or use_stimulants >= 3 or use_sedatives >= 3) + (mental_medication >= 3) + (withdrawal_stimulant_state >= 1) >= 2):
        active.append("wish-to-be-dead-with-risk-factors")
    if (harm_suicide_evaluated >= 1 or harm_suicide_thoughts_now >= 2) and harm_suicide_thoughts >= 2 and (harm_suicide_behaviour >= 1 or harm_lethal_means == 2 or harm_hopelessness == 1 or environment_support == 2 or use_alcohol >= 3 or use_opioids >= 3 or use_stimulants >= 3 or use_sedatives >= 3 or mental_medication >= 3 or withdrawal_stimulant_state >= 1):
        active.append("suicide-thoughts-with-a-risk-factor")
    if (harm_suicide_thoughts >= 1 or harm_stays_safe == 2):
        active.append("suicide-thoughts")
        if ongoing_supervision < 1:
            ongoing_supervision = 1
        if ongoing_psychiatric < 1:
            ongoing_psychiatric = 1
        if ongoing_structure < 1:
            ongoing_structure = 1
    if harm_suicide_behaviour >= 1:
        active.append("suicide-attempt-ever")
        if ongoing_supervision < 1:
            ongoing_supervision = 1
    if harm_self_neglect == 2:
        active.append("self-neglect-threatens-life")
        if now_supervision < 6:
            now_supervision = 6
        if now_medical < 3:
            now_medical = 3
        if now_psychiatric < 4:
            now_psychiatric = 4
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if harm_self_injury == 3:
        active.append("self-injury-severe")
    if (harm_self_injury >= 2 or mental_emotional_crises >= 1):
        active.append("self-injury-current")
        if ongoing_supervision < 1:
            ongoing_supervision = 1
        if ongoing_structure < 1:
            ongoing_structure = 1
    if harm_suicide_evaluated >= 1 and harm_self_injury >= 2:
        active.append("self-injury-to-be-assessed")
    if (harm_violence_evaluated == 2 or (harm_violence_evaluated >= 1 and harm_violence >= 3)):
        active.append("violence-danger")
    if harm_violence_evaluated >= 1 and harm_violence >= 3 and harm_violence_from_illness == 1:
        active.append("violence-from-illness")
        if now_supervision < 7:
            now_supervision = 7
        if now_psychiatric < 4:
            now_psychiatric = 4
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if harm_violence >= 2:
        active.append("seen-within-a-day")
    if function_daily_living == 4:
        active.append("cannot-care-for-self")
    if function_daily_living == 4:
        active.append("daily-needs-to-be-met")
        if ongoing_supervision < 1:
            ongoing_supervision = 1
        if ongoing_psychiatric < 1:
            ongoing_psychiatric = 1
        if ongoing_structure < 1:
            ongoing_structure = 1
    if (function_daily_living >= 3 or harm_self_neglect >= 1):
        active.append("basics-often-fail")
    if function_daily_living == 4 and environment_support == 2:
        active.append("cannot-care-for-self-alone")
    if function_daily_living == 4 and environment_support == 2 and (mental_depression == 3 or mental_anxiety == 3 or mental_cognition >= 2 or mental_psychosis >= 3 or mental_mania >= 3):
        active.append("cannot-care-for-self-ill-and-alone")
        if now_supervision < 5:
            now_supervision = 5
        if now_housing < 2:
            now_housing = 2
    if mental_cognition >= 2 and harm_violence >= 2:
        active.append("threats-with-impaired-cognition")
    if harm_violence >= 1:
        active.append("violence-thoughts")
        if ongoing_psychiatric < 1:
            ongoing_psychiatric = 1
        if ongoing_structure < 1:
            ongoing_structure = 1
    if (justice_involvement >= 1 or justice_court_order == 1):
        active.append("justice-coordination")
    if justice_reoffending_risk >= 1:
        active.append("reoffending-risk")
    if (mental_depression >= 2 or mental_anxiety >= 2 or mental_eating >= 1 or mental_mania >= 1 or mental_psychosis >= 2):
        active.append("symptoms-need-treatment")
        if ongoing_supervision < 1:
            ongoing_supervision = 1
        if ongoing_psychiatric < 1:
            ongoing_psychiatric = 1
        if ongoing_structure < 1:
            ongoing_structure = 1
    if (mental_depression == 3 or mental_anxiety == 3):
        active.append("symptoms-severe")
        if ongoing_supervision < 1:
            ongoing_supervision = 1
        if ongoing_psychiatric < 1:
            ongoing_psychiatric = 1
        if ongoing_structure < 1:
            ongoing_structure = 1
    if mental_depression == 3 and (harm_suicide_thoughts_now >= 2 or (harm_suicide_evaluated >= 1 and harm_suicide_thoughts >= 2) or harm_self_injury >= 2 or harm_self_neglect >= 1):
        active.append("depression-severe-with-risk")
        if now_supervision < 3:
            now_supervision = 3
        if now_psychiatric < 3:
            now_psychiatric = 3
        if now_structure < 3:
            now_structure = 3
    if (mental_trauma == 3 or (function_daily_living >= 3 and (mental_depression == 3 or mental_anxiety == 3))):
        active.append("severe-illness-and-impairment")
        if now_supervision < 3:
            now_supervision = 3
        if now_psychiatric < 3:
            now_psychiatric = 3
        if now_structure < 3:
            now_structure = 3
    if (mental_mania >= 3 or mental_psychosis >= 3):
        active.append("mania-or-psychosis-acute")
        if now_supervision < 3:
            now_supervision = 3
        if now_psychiatric < 3:
            now_psychiatric = 3
        if now_structure < 3:
            now_structure = 3
    if focus in ("substance_use", "both") and (mental_mania >= 3 or mental_psychosis >= 3) and (use_alcohol >= 2 or use_opioids >= 2 or use_stimulants >= 2 or use_sedatives >= 2 or use_other >= 2):
        active.append("mania-or-psychosis-with-use")
        if now_co_occurring < 2:
            now_co_occurring = 2
    if (mental_mania == 4 or mental_psychosis == 4):
        active.append("mania-or-psychosis-danger")
        if now_supervision < 6:
            now_supervision = 6
        if now_psychiatric < 4:
            now_psychiatric = 4
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if (mental_mania >= 3 or mental_psychosis >= 3) and (function_daily_living == 4 or environment_support == 2 or (mental_insight == 2 and mental_medication >= 3)):
        active.append("mania-or-psychosis-unmanaged")
        if now_supervision < 6:
            now_supervision = 6
        if now_psychiatric < 4:
            now_psychiatric = 4
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if mental_depression == 3 and (function_daily_living == 4 or mental_psychosis >= 3 or (environment_support == 2 and (harm_suicide_thoughts_now >= 4 or (harm_suicide_evaluated >= 1 and harm_suicide_thoughts >= 4)))):
        active.append("depression-disabling")
        if now_supervision < 6:
            now_supervision = 6
        if now_psychiatric < 4:
            now_psychiatric = 4
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if pregnancy == "postpartum" and (mental_mania >= 3 or mental_psychosis >= 3):
        active.append("mania-or-psychosis-after-birth")
        if now_supervision < 6:
            now_supervision = 6
        if now_psychiatric < 4:
            now_psychiatric = 4
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if pregnancy == "pregnant" and (mental_mania >= 3 or mental_psychosis >= 3):
        active.append("mania-or-psychosis-in-pregnancy")
    if pregnancy in ("pregnant", "postpartum") and (harm_suicide_thoughts_now >= 2 or (harm_suicide_evaluated >= 1 and harm_suicide_thoughts >= 2)) and (mental_depression == 3 or mental_anxiety == 3 or mental_mania >= 2 or mental_psychosis >= 2 or mental_baby_thoughts == 2):
        active.append("perinatal-suicidal-thoughts-severe")
    if pregnancy in ("pregnant", "postpartum") and (mental_depression >= 2 or mental_anxiety >= 2 or mental_trauma >= 2 or mental_eating >= 1 or mental_baby_thoughts >= 1):
        active.append("perinatal-mental-health")
    if pregnancy in ("pregnant", "postpartum") and (mental_mania >= 1 or mental_psychosis >= 2):
        active.append("perinatal-severe-illness")
    if pregnancy in ("pregnant", "postpartum") and (mental_baby_thoughts >= 1 or harm_violence >= 1) and (mental_depression >= 2 or mental_mania >= 1 or mental_psychosis >= 2):
        active.append("baby-thoughts-with-illness")
    if pregnancy in ("pregnant", "postpartum") and mental_baby_thoughts == 2:
        active.append("baby-thoughts-harm")
    if mental_mania >= 2:
        active.append("hypomania")
    if mental_mania >= 2 and mental_medication >= 2:
        active.append("hypomania-medicine-missed")
    if mental_mania >= 1 and mental_medication >= 1:
        active.append("bipolar-medicine-missed")
    if mental_mania >= 1 and mental_depression >= 2:
        active.append("bipolar-depression")
    if mental_mania >= 1 and mental_depression == 3:
        active.append("bipolar-depression-severe")
    if mental_psychosis >= 2 and mental_first_episode == 1:
        active.append("first-episode-psychosis")
    if mental_psychosis >= 1:
        active.append("psychosis-early-signs")
    if (mental_depression >= 1 or mental_anxiety >= 1 or mental_trauma >= 1):
        active.append("mild-symptoms")
    if mental_trauma >= 2:
        active.append("ptsd")
        if ongoing_structure < 1:
            ongoing_structure = 1
    if mental_cognition == 3 and environment_support >= 1:
        active.append("cognition-severe")
        if ongoing_supervision < 4:
            ongoing_supervision = 4
        if ongoing_housing < 2:
            ongoing_housing = 2
    if mental_cognition >= 2:
        active.append("cognition-affects-treatment")
        if ongoing_supervision < 1:
            ongoing_supervision = 1
    if mental_medication >= 2 and mental_psychosis >= 2:
        active.append("medication-missed")
    if history_calm_only_in_setting == 1:
        active.append("calm-only-in-care")
        if now_supervision < 5:
            now_supervision = 5
        if now_structure < 4:
            now_structure = 4
        if now_housing < 2:
            now_housing = 2
    if ((history_admissions == 2 and (mental_psychosis >= 2 or mental_mania >= 1 or mental_depression == 3)) or ((environment_housing == 2 or engagement_attendance == 2) and mental_psychosis >= 2)):
        active.append("repeated-admissions")
        if ongoing_supervision < 1:
            ongoing_supervision = 1
    if mental_medication >= 3:
        active.append("psychiatric-medicine-stopped")
    if history_admissions == 2:
        active.append("repeated-stays")
        if ongoing_supervision < 1:
            ongoing_supervision = 1
    if focus == "both" and (use_alcohol >= 2 or use_opioids >= 2 or use_stimulants >= 2 or use_sedatives >= 2 or use_other >= 2) and (mental_depression >= 2 or mental_anxiety >= 2 or mental_trauma >= 2 or mental_mania >= 1 or mental_psychosis >= 2 or mental_eating >= 1):
        active.append("both-conditions")
        if ongoing_psychiatric < 1:
            ongoing_psychiatric = 1
        if ongoing_co_occurring < 1:
            ongoing_co_occurring = 1
    if overdose_now == 1:
        active.append("overdose-now")
    if harm_emergency_evaluated >= 1 and overdose_recent == 4:
        active.append("overdose-past-two-days")
    if overdose_recent >= 3:
        active.append("overdose-past-month")
        if ongoing_supervision < 1:
            ongoing_supervision = 1
        if ongoing_structure < 1:
            ongoing_structure = 1
    if (overdose_tolerance_loss >= 1 or (use_opioids >= 2 and use_opioid_medication == 2)):
        active.append("opioid-tolerance-lost")
        if ongoing_supervision < 1:
            ongoing_supervision = 1
    if (physical_emergency == 1 or physical_confusion == 1 or physical_rigid_or_mute == 1 or physical_illness == 4 or withdrawal_stimulant_state == 3):
        active.append("medical-emergency")
    if physical_fall == 1 and (withdrawal_alcohol_intake >= 1 or withdrawal_sedatives >= 1):
        active.append("recent-fall")
    if age == "older_adult" and physical_fall == 1:
        active.append("recent-fall-older-adult")
    if physical_medicine_reaction == 1:
        active.append("medicine-emergency")
    if physical_illness == 4:
        active.append("illness-needs-hospital")
        if now_medical < 4:
            now_medical = 4
    if physical_illness >= 3:
        active.append("illness-needs-nursing")
        if now_supervision < 6:
            now_supervision = 6
        if now_medical < 3:
            now_medical = 3
    if physical_illness >= 2:
        active.append("illness-needs-daily-nursing")
    if pregnancy == "pregnant" and focus in ("substance_use", "both") and (use_alcohol >= 1 or use_opioids >= 1 or use_stimulants >= 1 or use_sedatives >= 1 or use_other >= 1):
        active.append("pregnant-and-using")
        if ongoing_supervision < 1:
            ongoing_supervision = 1
        if ongoing_medical < 1:
            ongoing_medical = 1
        if ongoing_structure < 1:
            ongoing_structure = 1
    if pregnancy == "pregnant" and focus in ("substance_use", "both") and (use_alcohol >= 3 or use_stimulants >= 3 or use_sedatives >= 3 or use_other >= 3):
        active.append("pregnant-with-use-disorder")
    if score_suicide_screen == 4 and harm_suicide_evaluated >= 1:
        active.append("suicide-screen-positive")
    if score_suicide_screen >= 3 and harm_suicide_evaluated >= 1:
        active.append("suicide-screen-moderate")
    if (score_depression >= 3 or score_mental_health == 3):
        active.append("questionnaire-positive")
    if (score_alcohol_use == 4 or score_drug_use == 3):
        active.append("use-score-high")
    if score_reoffending == 2:
        active.append("reoffending-score-raised")
    if score_alcohol_withdrawal == 3:
        active.append("withdrawal-score-high")
    if (score_alcohol_withdrawal >= 2 or score_opioid_withdrawal >= 2):
        active.append("withdrawal-score-raised")
    if score_opioid_withdrawal == 3:
        active.append("opioid-withdrawal-score-severe")
    if score_vital_signs == 2:
        active.append("vital-sign-far-outside")
    if score_depression == 4 and harm_suicide_thoughts >= 1 and harm_suicide_evaluated >= 1:
        active.append("depression-score-with-wish")
    if score_depression >= 2:
        active.append("depression-score-moderate")
    if (score_alcohol_use >= 2 or score_drug_use >= 2):
        active.append("score-asks-for-a-short-talk")
    if (history_left_early == 1 or engagement_attendance >= 1):
        active.append("contact-slipping")
    if history_discharge >= 2:
        active.append("leaving-24-hour-care")
        if ongoing_supervision < 1:
            ongoing_supervision = 1
        if ongoing_structure < 1:
            ongoing_structure = 1
    if history_discharge >= 3:
        active.append("just-left-24-hour-care")
        if ongoing_supervision < 1:
            ongoing_supervision = 1
    if history_discharge >= 2 and (mental_depression == 3 or mental_psychosis >= 3 or mental_mania >= 3):
        active.append("leaving-24-hour-care-with-symptoms")
        if ongoing_supervision < 3:
            ongoing_supervision = 3
        if ongoing_structure < 3:
            ongoing_structure = 3
    if history_discharge >= 2 and history_return_after_discharge == 2:
        active.append("returns-after-discharge")
        if ongoing_supervision < 2:
            ongoing_supervision = 2
        if ongoing_structure < 2:
            ongoing_structure = 2
    if history_discharge >= 1 and history_discharge_suicide_risk == 1:
        active.append("suicide-risk-after-discharge")
        if ongoing_supervision < 1:
            ongoing_supervision = 1
        if ongoing_structure < 1:
            ongoing_structure = 1
    if history_discharge >= 3 and history_discharge_suicide_risk == 1:
        active.append("suicide-risk-just-discharged")
        if ongoing_supervision < 1:
            ongoing_supervision = 1
    if (use_alcohol >= 2 or use_opioids >= 2 or use_stimulants >= 2 or use_sedatives >= 2 or use_other >= 2):
        active.append("use-disorder")
        if ongoing_supervision < 1:
            ongoing_supervision = 1
        if ongoing_structure < 1:
            ongoing_structure = 1
    if (use_alcohol == 4 or use_stimulants == 4 or use_sedatives == 4 or (use_craving == 3 and (use_alcohol >= 3 or use_stimulants >= 3 or use_sedatives >= 3))):
        active.append("use-disorder-severe")
        if ongoing_supervision < 2:
            ongoing_supervision = 2
        if ongoing_structure < 2:
            ongoing_structure = 2
    if (use_alcohol == 4 or use_stimulants == 4 or use_sedatives == 4 or use_other == 4) and ((environment_housing == 2) + (function_daily_living >= 3) + (physical_illness >= 2) + (mental_cognition >= 2) + (mental_depression == 3 or mental_psychosis >= 2 or mental_trauma >= 2) + (use_return_likely == 2) >= 3):
        active.append("use-disorder-severe-with-complex-needs")
        if ongoing_supervision < 3:
            ongoing_supervision = 3
        if ongoing_structure < 3:
            ongoing_structure = 3
    if (use_unsafe_in_community >= 1 or (use_return_likely == 2 and use_return_danger == 2)):
        active.append("use-endangers-life")
        if ongoing_supervision < 1:
            ongoing_supervision = 1
        if ongoing_structure < 1:
            ongoing_structure = 1
    if (use_unsafe_in_community == 2 or (use_return_likely == 2 and use_return_danger == 2 and (use_alcohol == 4 or use_sedatives == 4))):
        active.append("not-safe-in-community")
        if ongoing_supervision < 5:
            ongoing_supervision = 5
        if ongoing_structure < 4:
            ongoing_structure = 4
        if ongoing_housing < 2:
            ongoing_housing = 2
    if (history_outpatient_not_enough >= 1 or function_structure >= 1):
        active.append("weekly-care-not-enough")
        if ongoing_supervision < 2:
            ongoing_supervision = 2
        if ongoing_structure < 2:
            ongoing_structure = 2
    if (history_intensive_not_enough >= 1 or function_structure >= 2):
        active.append("intensive-care-not-enough")
        if ongoing_supervision < 3:
            ongoing_supervision = 3
        if ongoing_structure < 3:
            ongoing_structure = 3
    if history_intensive_not_enough == 2:
        active.append("intensive-care-failed-repeatedly")
        if ongoing_supervision < 4:
            ongoing_supervision = 4
        if ongoing_housing < 2:
            ongoing_housing = 2
    if function_structure == 3 and (history_intensive_not_enough >= 1 or history_return_after_discharge == 2 or environment_home_use == 2 or environment_housing == 2 or environment_support == 2 or use_return_danger >= 1):
        active.append("round-the-clock-structure")
        if ongoing_supervision < 5:
            ongoing_supervision = 5
        if ongoing_structure < 4:
            ongoing_structure = 4
        if ongoing_housing < 2:
            ongoing_housing = 2
    if use_opioids >= 2:
        active.append("opioid-use-disorder")
        if ongoing_medical < 1:
            ongoing_medical = 1
    if use_opioids >= 2 and use_opioid_medication >= 1:
        active.append("opioid-medication-to-start")
    if ((use_opioids >= 3 and use_opioid_medication >= 1) or (use_opioids >= 2 and (use_opioid_medication == 2 or (use_opioid_medication >= 1 and overdose_tolerance_loss >= 1)))):
        active.append("opioid-medication-today")
    if pregnancy == "pregnant" and use_opioids >= 2 and use_opioid_medication >= 1:
        active.append("opioid-medication-in-pregnancy")
    if (use_opioids >= 1 or use_fentanyl >= 1 or overdose_recent >= 1):
        active.append("opioid-exposure")
    if use_stimulants >= 2:
        active.append("stimulant-use-disorder")
    if age in ("adult", "older_adult") and pregnancy in ("no", "postpartum") and use_alcohol >= 3:
        active.append("alcohol-use-disorder-medication")
    if use_injection == 1:
        active.append("injecting")
        if ongoing_medical < 1:
            ongoing_medical = 1
    if engagement_readiness >= 1:
        active.append("readiness-unsure")
    if use_gambling >= 1:
        active.append("gambling-harm")
    if use_gambling == 2:
        active.append("gambling-severe")
        if ongoing_supervision < 1:
            ongoing_supervision = 1
        if ongoing_structure < 1:
            ongoing_structure = 1
    if (withdrawal_danger_signs == 1 or withdrawal_sedative_signs == 3 or withdrawal_opioid_unstable == 1):
        active.append("withdrawal-emergency")
        if now_medical < 4:
            now_medical = 4
        if now_withdrawal < 5:
            now_withdrawal = 5
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if withdrawal_alcohol_signs == 3:
        active.append("alcohol-withdrawal-severe")
        if now_supervision < 6:
            now_supervision = 6
        if now_medical < 3:
            now_medical = 3
        if now_withdrawal < 4:
            now_withdrawal = 4
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if withdrawal_alcohol_signs == 3 and (withdrawal_past_complication == 1 or physical_illness >= 2):
        active.append("alcohol-withdrawal-severe-complicated")
        if now_medical < 4:
            now_medical = 4
        if now_withdrawal < 5:
            now_withdrawal = 5
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if pregnancy == "pregnant" and (withdrawal_alcohol_signs >= 1 or (withdrawal_alcohol_intake >= 1 and withdrawal_alcohol_window == 1)):
        active.append("alcohol-withdrawal-pregnant")
        if now_medical < 4:
            now_medical = 4
        if now_withdrawal < 5:
            now_withdrawal = 5
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if withdrawal_alcohol_signs >= 1 and withdrawal_past_complication == 1:
        active.append("alcohol-withdrawal-past-complication")
        if now_medical < 3:
            now_medical = 3
        if now_withdrawal < 5:
            now_withdrawal = 5
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if withdrawal_alcohol_signs >= 2:
        active.append("alcohol-withdrawal-moderate")
        if now_withdrawal < 2:
            now_withdrawal = 2
    if ((withdrawal_alcohol_signs >= 1 and environment_housing == 2) or ((withdrawal_alcohol_signs >= 2 or (withdrawal_alcohol_intake >= 2 and withdrawal_alcohol_window == 1)) and (environment_support == 2 or environment_housing == 2 or environment_home_use == 2 or environment_violence == 2 or function_structure == 3))):
        active.append("alcohol-withdrawal-unsupported")
        if now_supervision < 5:
            now_supervision = 5
        if now_withdrawal < 3:
            now_withdrawal = 3
        if now_housing < 2:
            now_housing = 2
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if withdrawal_alcohol_signs >= 1:
        active.append("alcohol-withdrawal-mild")
        if now_medical < 1:
            now_medical = 1
        if now_withdrawal < 1:
            now_withdrawal = 1
    if withdrawal_alcohol_intake >= 2 and withdrawal_alcohol_window == 1:
        active.append("alcohol-daily-heavy")
        if now_withdrawal < 2:
            now_withdrawal = 2
    if withdrawal_alcohol_intake >= 1 and withdrawal_alcohol_window == 1:
        active.append("alcohol-daily")
        if now_withdrawal < 1:
            now_withdrawal = 1
    if withdrawal_alcohol_intake == 3 and withdrawal_alcohol_window == 1:
        active.append("alcohol-daily-very-heavy")
        if now_withdrawal < 4:
            now_withdrawal = 4
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if withdrawal_alcohol_window == 1 and ((withdrawal_alcohol_intake >= 1 and withdrawal_past_complication == 1) or (withdrawal_alcohol_intake >= 2 and (physical_illness >= 2 or mental_psychosis >= 3 or mental_mania >= 3 or mental_cognition >= 2))):
        active.append("alcohol-daily-complicated")
        if now_withdrawal < 4:
            now_withdrawal = 4
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if (withdrawal_alcohol_signs >= 1 or (withdrawal_alcohol_intake >= 2 and withdrawal_alcohol_window == 1)) and ((withdrawal_sedatives >= 1 and withdrawal_sedatives_plan >= 1) or (use_opioids == 4 and use_opioid_medication >= 1)):
        active.append("alcohol-with-other-dependence")
        if now_withdrawal < 4:
            now_withdrawal = 4
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if withdrawal_alcohol_signs >= 1 and withdrawal_sedatives >= 1:
        active.append("alcohol-withdrawal-with-sedatives")
        if now_withdrawal < 2:
            now_withdrawal = 2
    if withdrawal_alcohol_signs >= 2 and ((withdrawal_failed_ambulatory == 2) + (withdrawal_past_complication == 1) + (physical_illness >= 2) + (withdrawal_alcohol_intake >= 2) + (withdrawal_sedatives >= 1) + (mental_cognition >= 1) >= 2):
        active.append("alcohol-withdrawal-risk-factors")
        if now_medical < 3:
            now_medical = 3
        if now_withdrawal < 4:
            now_withdrawal = 4
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if (withdrawal_alcohol_signs >= 1 or (withdrawal_alcohol_intake >= 1 and withdrawal_alcohol_window == 1)) and withdrawal_failed_ambulatory == 2:
        active.append("withdrawal-outpatient-failed-twice")
        if now_withdrawal < 3:
            now_withdrawal = 3
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if withdrawal_unsettled == 1:
        active.append("withdrawal-not-settling")
        if now_withdrawal < 4:
            now_withdrawal = 4
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if age == "older_adult" and withdrawal_alcohol_signs >= 2:
        active.append("alcohol-withdrawal-older-adult")
        if now_withdrawal < 4:
            now_withdrawal = 4
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if age == "adolescent" and (withdrawal_alcohol_signs >= 1 or (withdrawal_alcohol_intake >= 2 and withdrawal_alcohol_window == 1)):
        active.append("withdrawal-adolescent")
        if now_withdrawal < 4:
            now_withdrawal = 4
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if age == "adolescent" and withdrawal_alcohol_signs >= 1 and withdrawal_under_16 == 1:
        active.append("withdrawal-under-16")
        if now_medical < 4:
            now_medical = 4
        if now_withdrawal < 5:
            now_withdrawal = 5
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if withdrawal_alcohol_signs >= 1 and (harm_suicide_evaluated == 2 or harm_suicide_thoughts_now >= 4 or (harm_suicide_evaluated >= 1 and harm_suicide_thoughts >= 4) or (harm_violence_evaluated >= 1 and harm_violence >= 3) or mental_psychosis >= 3 or mental_mania >= 3):
        active.append("withdrawal-with-danger-or-psychosis")
        if now_withdrawal < 4:
            now_withdrawal = 4
        if now_psychiatric < 4:
            now_psychiatric = 4
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if withdrawal_alcohol_signs >= 1 and (harm_suicide_thoughts_now >= 2 or (harm_suicide_evaluated >= 1 and harm_suicide_thoughts >= 2)):
        active.append("alcohol-withdrawal-with-suicidal-thoughts")
    if withdrawal_sedatives >= 1:
        active.append("sedatives-regular")
    if withdrawal_sedatives >= 1 and withdrawal_sedatives_plan >= 1:
        active.append("sedatives-taper")
        if now_supervision < 1:
            now_supervision = 1
        if now_withdrawal < 1:
            now_withdrawal = 1
    if age == "older_adult" and withdrawal_sedatives >= 1:
        active.append("sedatives-older-adult")
    if withdrawal_sedatives >= 2 and withdrawal_sedatives_plan >= 1:
        active.append("sedatives-high-dose")
        if now_withdrawal < 2:
            now_withdrawal = 2
    if withdrawal_sedatives == 3 and withdrawal_sedatives_plan >= 1:
        active.append("sedatives-very-high-dose")
        if now_withdrawal < 4:
            now_withdrawal = 4
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if withdrawal_sedative_signs >= 1:
        active.append("sedative-withdrawal-mild")
        if now_withdrawal < 1:
            now_withdrawal = 1
    if withdrawal_sedative_signs >= 2:
        active.append("sedative-withdrawal-moderate")
        if now_medical < 3:
            now_medical = 3
        if now_withdrawal < 4:
            now_withdrawal = 4
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if withdrawal_sedatives >= 1 and (withdrawal_sedatives_plan == 3 or (withdrawal_sedatives_plan >= 1 and (physical_illness >= 2 or mental_psychosis >= 3 or harm_suicide_thoughts_now >= 4 or (harm_suicide_evaluated >= 1 and harm_suicide_thoughts >= 4) or overdose_recent >= 3 or withdrawal_past_complication == 1))):
        active.append("sedatives-complicated")
        if now_withdrawal < 4:
            now_withdrawal = 4
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if withdrawal_ghb_barbiturates == 2:
        active.append("ghb-around-the-clock")
        if now_medical < 4:
            now_medical = 4
        if now_withdrawal < 5:
            now_withdrawal = 5
        if next_supervision < 2:
            next_supervision = 2
        if next_structure < 2:
            next_structure = 2
    if withdrawal_ghb_barbiturates >= 1:
        active.append("ghb-most-days")
    if withdrawal_opioid_signs >= 1:
        active.append("opioid-withdrawal")
        if now_withdrawal < 1:
            now_withdrawal = 1
    if withdrawal_stimulant_state >= 2:
        active.append("stimulant-agitation")
    if withdrawal_stimulant_state >= 1:
        active.append("stimulant-crash")
    if withdrawal_opioid_signs >= 2:
        active.append("opioid-withdrawal-to-treat")
    if withdrawal_opioid_signs == 3:
        active.append("opioid-withdrawal-severe")
    if pregnancy == "pregnant" and withdrawal_opioid_signs >= 1:
        active.append("opioid-withdrawal-pregnant")
    if withdrawal_sedatives == 3:
        active.append("sedatives-very-high-dose-review")
    # Now: what is acute and what is ongoing. Next: what follows a stay, and what is ongoing.
    if now_supervision < ongoing_supervision:
        now_supervision = ongoing_supervision
    if now_medical < ongoing_medical:
        now_medical = ongoing_medical
    if now_withdrawal < ongoing_withdrawal:
        now_withdrawal = ongoing_withdrawal
    if now_psychiatric < ongoing_psychiatric:
        now_psychiatric = ongoing_psychiatric
    if now_co_occurring < ongoing_co_occurring:
        now_co_occurring = ongoing_co_occurring
    if now_structure < ongoing_structure:
        now_structure = ongoing_structure
    if now_housing < ongoing_housing:
        now_housing = ongoing_housing
    if next_supervision < ongoing_supervision:
        next_supervision = ongoing_supervision
    if next_medical < ongoing_medical:
        next_medical = ongoing_medical
    if next_withdrawal < ongoing_withdrawal:
        next_withdrawal = ongoing_withdrawal
    if next_psychiatric < ongoing_psychiatric:
        next_psychiatric = ongoing_psychiatric
    if next_co_occurring < ongoing_co_occurring:
        next_co_occurring = ongoing_co_occurring
    if next_structure < ongoing_structure:
        next_structure = ongoing_structure
    if next_housing < ongoing_housing:
        next_housing = ongoing_housing
    now = fit((now_supervision, now_medical, now_withdrawal, now_psychiatric, now_co_occurring, now_structure, now_housing), (focus, age, pregnancy))
    later = fit((next_supervision, next_medical, next_withdrawal, next_psychiatric, next_co_occurring, next_structure, next_housing), (focus, age, pregnancy))
    return active, now, later
