"""What does this package declare to the others?"""

from assises.packages import PackageConfig


class SubmissionsConfig(PackageConfig):
    default = True
    name = "submissions"
    verbose_name = "Réponses à l’appel"

    def admin_tasks(self, request):
        from submissions.admin import to_do

        return to_do.answer_tasks(request)

    def text_labels(self):
        from submissions.questions import index

        return index.text_labels()

    def structure_replaced(self, former, structure):
        from submissions.answering import propagation

        propagation.repick(former, structure)
