#include "iam/policies/aws_policies.h"

#include <algorithm>

namespace keyfob {
namespace {

constexpr AwsPolicy kPolicies[] = {
    {.name = "AdministratorAccess",
     .policy_id = "ANPAIWMBCKSKIEE64ZLYK",
     .description = "Provides full access to AWS services and resources.",
     .created = "2015-02-06T18:39:46Z",
     .document = R"({
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": "*",
            "Resource": "*"
        }
    ]
})"},
    {.name = "IAMFullAccess",
     .policy_id = "ANPAI7XKCFMBPM3QQRRVQ",
     .description = "Provides full access to IAM via the AWS Management Console.",
     .created = "2015-02-06T18:40:38Z",
     .document = R"({
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": [
                "iam:*",
                "organizations:DescribeAccount",
                "organizations:DescribeOrganization",
                "organizations:DescribeOrganizationalUnit",
                "organizations:DescribePolicy",
                "organizations:ListChildren",
                "organizations:ListParents",
                "organizations:ListPoliciesForTarget",
                "organizations:ListRoots",
                "organizations:ListPolicies",
                "organizations:ListTargetsForPolicy"
            ],
            "Resource": "*"
        }
    ]
})"},
    {.name = "IAMReadOnlyAccess",
     .policy_id = "ANPAJKSO7NDY4T57MWDSQ",
     .description = "Provides read only access to IAM via the AWS Management Console.",
     .created = "2015-02-06T18:40:39Z",
     .document = R"({
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": [
                "iam:GenerateCredentialReport",
                "iam:GenerateServiceLastAccessedDetails",
                "iam:Get*",
                "iam:List*",
                "iam:SimulateCustomPolicy",
                "iam:SimulatePrincipalPolicy"
            ],
            "Resource": "*"
        }
    ]
})"},
    {.name = "IAMUserChangePassword",
     .policy_id = "ANPAJ4L4MM2A7QIEB56MS",
     .description = "Provides the ability for an IAM user to change their own password.",
     .created = "2016-11-15T00:25:16Z",
     .document = R"({
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": [
                "iam:ChangePassword"
            ],
            "Resource": [
                "arn:aws:iam::*:user/${aws:username}"
            ]
        },
        {
            "Effect": "Allow",
            "Action": [
                "iam:GetAccountPasswordPolicy"
            ],
            "Resource": "*"
        }
    ]
})"},
    {.name = "PowerUserAccess",
     .policy_id = "ANPAJYRXTHIB4FOVS3ZXS",
     .description =
         "Provides full access to AWS services and resources, but does not allow management of Users "
         "and groups.",
     .created = "2015-02-06T18:39:47Z",
     .document = R"({
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "NotAction": [
                "iam:*",
                "organizations:*",
                "account:*"
            ],
            "Resource": "*"
        },
        {
            "Effect": "Allow",
            "Action": [
                "iam:CreateServiceLinkedRole",
                "iam:DeleteServiceLinkedRole",
                "iam:ListRoles",
                "organizations:DescribeOrganization",
                "account:ListRegions",
                "account:GetAccountInformation"
            ],
            "Resource": "*"
        }
    ]
})"},
};

}  // namespace

std::span<const AwsPolicy> aws_policies() { return kPolicies; }

const AwsPolicy* find_aws_policy(std::string_view arn) {
  if (!arn.starts_with(AwsPolicy::kArnBeginning)) return nullptr;
  arn.remove_prefix(AwsPolicy::kArnBeginning.size());
  const auto* const found = std::ranges::find(kPolicies, arn, &AwsPolicy::name);
  return found == std::end(kPolicies) ? nullptr : found;
}

}  // namespace keyfob
