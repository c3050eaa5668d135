#!/bin/sh
# Makes the user $USER_NAME and enrols a virtual MFA device for it. Does nothing where that has been done.
set -eu

# Debian's AWS CLI is older than AWS_ENDPOINT_URL.
call() { aws --endpoint-url "$AWS_ENDPOINT_URL" --region "$AWS_REGION" --output text iam "$@"; }

if call get-user --user-name "$USER_NAME" >/dev/null 2>&1; then
  echo "$USER_NAME is there already"
  exit 0
fi
call create-user --user-name "$USER_NAME" >/dev/null
seed=$(mktemp)
serial=$(call create-virtual-mfa-device --virtual-mfa-device-name "$USER_NAME" --outfile "$seed" \
  --bootstrap-method Base32StringSeed --query VirtualMFADevice.SerialNumber)
# What the authenticator on the user's phone would show: the code of half a minute ago, and the present one.
now=$(date +%s)
previous=$(oathtool -b --totp --now="@$((now - 30))" - <"$seed")
current=$(oathtool -b --totp --now="@$now" - <"$seed")
rm "$seed"
call enable-mfa-device --user-name "$USER_NAME" --serial-number "$serial" \
  --authentication-code1 "$previous" --authentication-code2 "$current"
echo "$USER_NAME is enrolled: $serial"
call list-mfa-devices --user-name "$USER_NAME"
