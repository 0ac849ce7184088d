"""An assessment and its answers, a form that the person fills in, and a task with an owner and a clock."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from trellis.workspace.access.rules import Thing
from trellis.workspace.access.scoped import ScopedModel
from trellis.workspace.people.keys import LENGTH, new_key


class Assessment(ScopedModel):
    """One assessment of one person, open until somebody closes it."""

    thing = Thing.ASSESSMENT

    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    key = models.CharField(max_length=LENGTH, unique=True, default=new_key)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="assessments")
    why = models.CharField(max_length=40, default="intake")
    begun = models.DateTimeField(default=timezone.now)
    begun_by = models.ForeignKey("people.Membership", models.PROTECT, null=True, related_name="+")
    changed = models.DateTimeField(default=timezone.now)
    closed = models.DateTimeField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    # What the last decision said, so that a list of many need not decide each anew; made again when content changes.
    knowledge = models.CharField(max_length=64, blank=True)
    urgent = models.BooleanField(default=False)
    least = models.CharField(max_length=80, blank=True)
    most = models.CharField(max_length=80, blank=True)
    settled = models.BooleanField(default=False)
    # What it said before the content changed, until somebody has looked at the difference; empty where there is none.
    was = models.JSONField(default=dict, blank=True)

    class Meta(ScopedModel.Meta):
        db_table = "assessment_assessment"
        indexes = (
            models.Index(fields=("person", "-begun"), name="assessment_by_person"),
            models.Index(fields=("organisation", "closed", "due"), name="assessment_due"),
            # One person in a list of many: a planner without numbers would read the whole organisation for each.
            models.Index(fields=("person", "organisation", "closed", "due"), name="assessment_open"),
        )


class GivenAnswer(ScopedModel):
    """One answer to one fact, number or context. A later one of the same assessment follows it; none is lost."""

    thing = Thing.ANSWER

    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="answers")
    fact = models.CharField(max_length=80)
    value = models.JSONField(null=True)
    unknown = models.CharField(max_length=20, blank=True)  # not_known or declined, where no value was given
    at_least = models.BooleanField(default=False)
    at_most = models.BooleanField(default=False)
    source = models.CharField(max_length=100, default="clinician")
    by = models.CharField(max_length=200, blank=True)  # the author's name, as an evaluation is told
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now)
    author = models.ForeignKey("people.Membership", models.PROTECT, null=True, related_name="+")
    number = models.PositiveIntegerField()  # the answers to this fact in this assessment, counted from 1
    beside = models.BooleanField(default=False)  # it stands beside the earlier ones: they disagree, and both are kept
    carried = models.CharField(max_length=20, blank=True)  # assessment, guide or form, where it was taken over from
    # A row that is no answer, and takes an earlier one back: that one's number.
    taken_back = models.BooleanField(default=False)
    takes_back = models.PositiveIntegerField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        db_table = "assessment_answer"
        constraints = (
            # Two who answer the same at once: the second is told, and neither is lost.
            models.UniqueConstraint(fields=("assessment", "fact", "number"), name="one_answer_a_number"),
        )


class Form(ScopedModel):
    """An instrument sent to the person by link, or filled in on a tablet."""

    thing = Thing.FORM

    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    key = models.CharField(max_length=LENGTH, unique=True, default=new_key)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="forms")
    assessment = models.ForeignKey(Assessment, models.CASCADE, null=True, blank=True, related_name="forms")
    instrument = models.CharField(max_length=80)
    token = models.CharField(max_length=64, unique=True)  # the sum of what stands in the link
    language = models.CharField(max_length=2, default="en")
    sent_by = models.ForeignKey("people.Membership", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    answers = models.JSONField(default=dict)  # by item, the last
    given = models.JSONField(default=list)  # each as it came: item, score, moment; what told of danger stays told
    done = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        db_table = "assessment_form"


class Task(ScopedModel):
    """Something that somebody must do, with an owner and a clock in the clinic's time zone."""

    thing = Thing.TASK

    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    key = models.CharField(max_length=LENGTH, unique=True, default=new_key)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="tasks")
    kind = models.CharField(max_length=40)
    words = models.CharField(max_length=300, blank=True)
    form = models.ForeignKey(Form, models.PROTECT, null=True, blank=True, related_name="tasks")
    urgent = models.BooleanField(default=False)
    owner = models.ForeignKey("people.Membership", models.PROTECT, null=True, related_name="tasks")
    made = models.DateTimeField(default=timezone.now)
    due = models.DateTimeField()
    escalated = models.DateTimeField(null=True, blank=True)
    escalated_to = models.ForeignKey("people.Membership", models.PROTECT, null=True, related_name="+")
    done = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey("people.Membership", models.PROTECT, null=True, related_name="+")
    done_words = models.CharField(max_length=300, blank=True)

    class Meta(ScopedModel.Meta):
        db_table = "assessment_task"
        indexes = (
            models.Index(fields=("owner", "done", "due"), name="task_open"),
            models.Index(fields=("person", "organisation", "done", "due"), name="task_of_person"),
        )
